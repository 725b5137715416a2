package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that is recognised again: by its id and its start, because the kernel gives the id to somebody else later.
 *
 * @param start a single word. On Linux the clock ticks from this boot to the start, which nothing moves: the start by the clock, which
 *     {@link ProcessHandle} tells, moves with every setting of the clock. Elsewhere, milliseconds since 1970
 */
public record ProcessIdentity(long pid, String start) {

    /** The 22nd field of {@code /proc/<pid>/stat}, counted from the first one behind the command's name; see proc_pid_stat(5). */
    private static final int START_TIME = 22 - 3;

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** The process as it is now. */
    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), startOf(process));
    }

    /** The process of this JVM. */
    public static ProcessIdentity current() {
        return of(ProcessHandle.current());
    }

    /** The process, unless it is gone or its id now belongs to another. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(Liveness::lives)
                .filter(process -> startOf(process).equals(start));
    }

    private static String startOf(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[START_TIME] + "@" + Files.readString(BOOT_ID).strip();
        } catch (IOException noSuchTable) {
            return String.valueOf(
                    process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli());
        }
    }
}
