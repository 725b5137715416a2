package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who listens on a port, read from {@code /proc}: socket tables give the inode, file descriptors give the process. Best
 * effort: without {@code /proc}, or for another user's process, the owner stays unknown.
 *
 * @param pid     the process id
 * @param command its command line, shortened
 */
record PortOwner(long pid, String command) {

    private static final int LONGEST_COMMAND = 160;
    private static final String LISTENING = "0A";

    static Optional<PortOwner> of(int port) {
        return of(port, Path.of("/proc"));
    }

    static Optional<PortOwner> of(int port, Path proc) {
        var inodes = new ArrayList<String>();
        inodes.addAll(inodesListeningOn(port, lines(proc.resolve("net/tcp"))));
        inodes.addAll(inodesListeningOn(port, lines(proc.resolve("net/tcp6"))));
        if (inodes.isEmpty()) {
            return Optional.empty();
        }
        var sockets = inodes.stream().map("socket:[%s]"::formatted).collect(Collectors.toSet());
        return processes(proc).stream()
                .filter(process -> holdsAny(process, sockets))
                .findFirst()
                .map(process ->
                        new PortOwner(Long.parseLong(process.getFileName().toString()), command(process)));
    }

    /** Refuses if somebody listens on the port; the message names who, if that can be known. */
    static void requireFree(String part, int port) {
        if (ReservedPorts.isFree(port)) {
            return;
        }
        var owner = of(port).map(found -> "process %d (%s)".formatted(found.pid(), found.command()))
                .orElse("a process that cannot be named");
        throw new SandboxException(
                "Cannot start %s: port %d of 127.0.0.1 is taken by %s. End that process, or choose other ports (--port-offset N)."
                        .formatted(part, port, owner));
    }

    static List<String> inodesListeningOn(int port, List<String> table) {
        var inodes = new ArrayList<String>();
        for (var line : table) {
            var fields = line.trim().split("\\s+", -1);
            if (fields.length > 9 && fields[3].equals(LISTENING) && portOf(fields[1]) == port) {
                inodes.add(fields[9]);
            }
        }
        return inodes;
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> processes(Path proc) {
        try (var entries = Files.list(proc)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean holdsAny(Path process, Set<String> sockets) {
        try (var descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String command(Path process) {
        try {
            var line = new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .trim();
            return line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND) + "...";
        } catch (IOException e) {
            return "command unknown";
        }
    }
}
