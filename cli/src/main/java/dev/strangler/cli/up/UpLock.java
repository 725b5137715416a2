package dev.strangler.cli.up;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** One {@code up} at a time per workspace. The operating system lets go of it when the process dies, however it dies. */
final class UpLock implements AutoCloseable {

    private final FileChannel channel;

    private UpLock(FileChannel channel) {
        this.channel = channel;
    }

    static UpLock take(Workspace workspace) {
        try {
            Files.createDirectories(workspace.state());
            var channel = FileChannel.open(workspace.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new UpLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + workspace.lock(), e);
        }
        throw new CommandFailure(
                ExitCode.REFUSED,
                "Another up is at work in " + workspace.state()
                        + "; there is one at a time. See it with ./strangler status, end it with ./strangler down, or set"
                        + " STRANGLER_STATE to another directory and choose a --port-offset.");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisJvm) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot let go of the lock", e);
        }
    }
}
