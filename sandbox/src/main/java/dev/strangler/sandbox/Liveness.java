package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Whether processes live. A zombie does not, though Java counts it: in a container whose first process reaps nobody, an
 * orphan stays a zombie for ever.
 */
final class Liveness {

    private static final long BETWEEN_LOOKS_MILLIS = 10;

    private Liveness() {}

    static boolean lives(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** Returns whether all of them ended within the limit. */
    static boolean allGone(Collection<ProcessHandle> processes, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (processes.stream().anyMatch(Liveness::lives)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static boolean isZombie(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith(" Z ", stat.lastIndexOf(')') + 1) && threads(pid) <= 1;
        } catch (IOException noSuchTable) {
            return false;
        }
    }

    /** While other threads of a process still end, it holds its ports, though its first thread is a zombie already. */
    private static long threads(long pid) throws IOException {
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.count();
        }
    }
}
