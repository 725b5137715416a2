package dev.strangler.media.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Bytes on their way in, straight to the disk, with their digest on the way; never more of them than announced. Closing
 * throws them away unless they were kept.
 */
final class Arriving implements Consumer<Optional<byte[]>>, AutoCloseable {

    private final Path file;
    private final FileChannel out;
    private final Sha256 wanted;
    private final long announced;
    private final MessageDigest digest = Sha256.digest();
    private long size;

    Arriving(Path file, Sha256 wanted, long announced) throws IOException {
        this.file = file;
        this.wanted = wanted;
        this.announced = announced;
        this.out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Takes the next bytes; empty at the end. */
    @Override
    public void accept(Optional<byte[]> bytes) {
        bytes.ifPresent(this::write);
    }

    private void write(byte[] bytes) {
        size += bytes.length;
        if (size > announced) {
            throw new TooMuch();
        }
        digest.update(bytes);
        var buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Verifies what came in and hands it to the store.
     *
     * @throws Unusable if it is not what was wanted; nothing is kept then
     */
    void keep(Blobs store) throws IOException, Unusable {
        var found = Sha256.finished(digest);
        if (!found.equals(wanted)) {
            throw new Unusable("the source sent " + size + " bytes of digest " + found + " instead of " + announced
                    + " bytes of digest " + wanted);
        }
        store.keep(new Incoming(file, wanted, size));
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }

    /** Ends the exchange early: more bytes came than the blob can have. */
    static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
