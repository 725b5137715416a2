package dev.strangler.cli.rehearse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A small PNG of coloured points (PNG specification, third edition, §5). No two seeds draw the same. */
final class DrawnPicture {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int WIDTH = 16;
    private static final int HEIGHT = 12;
    private static final int LONGEST = 4_096;

    private DrawnPicture() {}

    static byte[] of(int seed) {
        var picture = new ByteArrayOutputStream();
        picture.writeBytes(SIGNATURE);
        chunk(picture, "IHDR", header());
        chunk(picture, "IDAT", deflated(points(seed)));
        chunk(picture, "IEND", new byte[0]);
        return picture.toByteArray();
    }

    /** Eight bits for each of red, green and blue; not interlaced. */
    private static byte[] header() {
        return ByteBuffer.allocate(13)
                .putInt(WIDTH)
                .putInt(HEIGHT)
                .put((byte) 8)
                .put((byte) 2)
                .array();
    }

    /** Lines that begin with their filter, which is none; the seed itself is the first point. */
    private static byte[] points(int seed) {
        var random = new Random(seed);
        var points = new byte[HEIGHT * (1 + 3 * WIDTH)];
        random.nextBytes(points);
        for (var line = 0; line < HEIGHT; line++) {
            points[line * (1 + 3 * WIDTH)] = 0;
        }
        ByteBuffer.wrap(points).putInt(1, seed);
        return points;
    }

    private static byte[] deflated(byte[] points) {
        var deflater = new Deflater();
        try {
            deflater.setInput(points);
            deflater.finish();
            var deflated = new byte[LONGEST];
            var length = deflater.deflate(deflated);
            return ByteBuffer.allocate(length).put(deflated, 0, length).array();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream picture, String type, byte[] data) {
        var named = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        var check = new CRC32();
        check.update(named);
        picture.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        picture.writeBytes(named);
        picture.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
