package dev.strangler.media.blobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that have arrived, lie on the disk under a name of no meaning, and are not kept yet. Closing throws them away
 * unless they were kept.
 *
 * @param file where they lie
 * @param sha256 of all of them
 * @param size in bytes
 */
public record Incoming(Path file, Sha256 sha256, long size) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
