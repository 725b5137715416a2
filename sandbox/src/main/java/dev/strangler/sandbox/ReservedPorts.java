package dev.strangler.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for test runs. They lie below the range from which the kernel serves outgoing connections, so that no client
 * socket takes one between two starts of a server; a file lock keeps them from the sandboxes of other JVMs.
 */
final class ReservedPorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;

    /** Held on purpose until the JVM ends: closing a channel would give up its lock. */
    private static final List<FileLock> HELD = new ArrayList<>();

    private ReservedPorts() {}

    static synchronized int next() {
        for (var tried = 0; tried < TRIES; tried++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && reserve(port)) {
                return port;
            }
        }
        throw new SandboxException("No free port found between %d and %d in %d tries. End what listens there and retry."
                .formatted(LOWEST, HIGHEST, TRIES));
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean reserve(int port) {
        try {
            var directory = Files.createDirectories(Path.of(
                    System.getProperty("java.io.tmpdir"), "strangler-ports-" + System.getProperty("user.name")));
            var channel = FileChannel.open(
                    directory.resolve(port + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            HELD.add(lock);
            return true;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (IOException e) {
            throw new SandboxException("Cannot reserve port %d: %s".formatted(port, e), e);
        }
    }
}
