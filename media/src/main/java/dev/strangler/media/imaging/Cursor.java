package dev.strangler.media.imaging;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file once from its start to its end; whoever wants to read past the end is told that the picture is cut off. */
final class Cursor implements Closeable {

    private final InputStream in;
    private final long size;
    private long position;

    private Cursor(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    static Cursor over(Path file) throws IOException {
        return new Cursor(new BufferedInputStream(Files.newInputStream(file), 1 << 16), Files.size(file));
    }

    /** How many bytes are left. */
    long left() {
        return size - position;
    }

    /** Where the next byte lies, from 0. */
    long position() {
        return position;
    }

    /** The next byte, 0 to 255. */
    int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw cutOff();
        }
        position++;
        return value;
    }

    /** The next so many bytes; callers bound the number themselves. */
    byte[] next(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        position += bytes.length;
        if (bytes.length < count) {
            throw cutOff();
        }
        return bytes;
    }

    String text(int count) throws IOException {
        return new String(next(count), StandardCharsets.ISO_8859_1);
    }

    int bigEndian16() throws IOException {
        return next() << 8 | next();
    }

    long bigEndian32() throws IOException {
        return (long) bigEndian16() << 16 | bigEndian16();
    }

    int littleEndian16() throws IOException {
        return next() | next() << 8;
    }

    int littleEndian24() throws IOException {
        return littleEndian16() | next() << 16;
    }

    long littleEndian32() throws IOException {
        return littleEndian16() | (long) littleEndian16() << 16;
    }

    void skip(long count) throws IOException {
        if (count > left()) {
            throw cutOff();
        }
        in.skipNBytes(count);
        position += count;
    }

    /** Refuses what follows after the end of the picture, like an archive or a page glued to it. */
    void expectEnd() {
        if (left() > 0) {
            throw ImageLimits.unprocessable("The file goes on after the end of the picture, where nothing may follow."
                    + " Save the picture anew, so that nothing is hidden behind it.");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static RuntimeException cutOff() {
        return ImageLimits.unprocessable(
                "The file ends before the picture does; it was probably cut off on its way. Send it again as a whole.");
    }
}
