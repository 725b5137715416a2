package dev.strangler.media;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures drawn for tests: honest ones of every type that the shop takes. */
public final class Pictures {

    private Pictures() {}

    /** A photograph-like JPEG: red on the left, blue on the right. */
    public static byte[] jpeg(int width, int height) {
        return written(drawn(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    /** The same as an opaque PNG. */
    public static byte[] png(int width, int height) {
        return written(drawn(width, height, BufferedImage.TYPE_INT_RGB), "png");
    }

    /** An opaque PNG of one pixel more for each seed, so that every seed is another file. */
    public static byte[] png(long seed) {
        var picture = drawn(40, 30, BufferedImage.TYPE_INT_RGB);
        picture.setRGB((int) (seed % 40), (int) (seed / 40 % 30), (int) (seed * 7919));
        return written(picture, "png");
    }

    /** A PNG whose lower half is transparent. */
    public static byte[] transparentPng(int width, int height) {
        var picture = drawn(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = height / 2; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 0);
            }
        }
        return written(picture, "png");
    }

    /** A GIF of one frame. */
    public static byte[] gif(int width, int height) {
        return written(drawn(width, height, BufferedImage.TYPE_BYTE_INDEXED), "gif");
    }

    /** A GIF of many frames of one size. */
    public static byte[] gif(int width, int height, int frames) {
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            var frame = drawn(width, height, BufferedImage.TYPE_BYTE_INDEXED);
            Iterator<IIOImage> all = Stream.generate(() -> new IIOImage(frame, null, null))
                    .limit(frames)
                    .iterator();
            while (all.hasNext()) {
                writer.writeToSequence(all.next(), null);
            }
            writer.endWriteSequence();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A lossless WebP with stripes of two greens, written bit by bit: RFC 9649, section 3. */
    public static byte[] webp(int width, int height) {
        var bits = new Bits();
        bits.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(0, 1).put(0, 3);
        // No transform, no colour cache, no meta code.
        bits.put(0, 1).put(0, 1).put(0, 1);
        // Green has two symbols of one bit each; red, blue, alpha and distance have one symbol, which takes no bits.
        bits.put(1, 1).put(1, 1).put(1, 1).put(60, 8).put(200, 8);
        for (int symbol : new int[] {20, 40, 255, 0}) {
            bits.put(1, 1).put(0, 1).put(1, 1).put(symbol, 8);
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                bits.put(x / 8 % 2, 1);
            }
        }
        return riff("VP8L", bits.bytes());
    }

    /** A lossy WebP of noise: its header is right, and any bits after it mean some picture. */
    public static byte[] lossyWebp(int width, int height) {
        byte[] noise = new byte[width * height + 4096];
        new Random(0).nextBytes(noise);
        noise[0] &= 0x3F;
        int firstPart = Math.min(noise.length / 2, (1 << 19) - 1);
        int tag = 1 << 4 | firstPart << 5;
        var frame = ByteBuffer.allocate(10 + noise.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.put((byte) tag).put((byte) (tag >> 8)).put((byte) (tag >> 16));
        frame.put((byte) 0x9D).put((byte) 0x01).put((byte) 0x2A);
        frame.putShort((short) width).putShort((short) height).put(noise);
        return riff("VP8 ", frame.array());
    }

    /**
     * A JPEG with what a camera writes: its maker, an exposure of 1/250 s, and XMP whose declaration would fetch from an address if anybody parsed it.
     */
    public static byte[] cameraJpeg(int seed, String maker, String address) {
        byte[] make = (maker + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] xmp = "<!DOCTYPE x [<!ENTITY e SYSTEM '%s'>]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&e;</x:xmpmeta>"
                .formatted(address)
                .getBytes(StandardCharsets.UTF_8);
        int afterFirst = 8 + 2 + 3 * 12 + 4;
        int second = afterFirst + make.length + xmp.length;
        int length = second + 2 + 12 + 4 + 8;
        var exif = ByteBuffer.allocate(10 + length);
        exif.putShort((short) 0xFFE1).putShort((short) (8 + length));
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 3);
        exif.putShort((short) 0x010F).putShort((short) 2).putInt(make.length).putInt(afterFirst);
        exif.putShort((short) 0x02BC).putShort((short) 1).putInt(xmp.length).putInt(afterFirst + make.length);
        exif.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(second);
        exif.putInt(0).put(make).put(xmp);
        exif.putShort((short) 1);
        exif.putShort((short) 0x829A).putShort((short) 5).putInt(1).putInt(second + 2 + 12 + 4);
        exif.putInt(0).putInt(1).putInt(250);
        return inserted(jpeg(40 + seed % 50, 30), 2, exif.array());
    }

    /** The picture as a camera stores it that was turned: the same JPEG with an EXIF block that says so. */
    public static byte[] turnedJpeg(int width, int height, int orientation) {
        var exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1).putShort((short) 34);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        return inserted(jpeg(width, height), 2, exif.array());
    }

    /** One array in another, at an offset. */
    public static byte[] inserted(byte[] into, int offset, byte[] what) {
        return ByteBuffer.allocate(into.length + what.length)
                .put(into, 0, offset)
                .put(what)
                .put(into, offset, into.length - offset)
                .array();
    }

    /** One array after another. */
    public static byte[] joined(byte[] first, byte[] second) {
        return inserted(first, first.length, second);
    }

    static byte[] riff(String type, byte[] data) {
        return riff(type, data, new byte[0]);
    }

    /** A WebP of one chunk, and of further ones that are given with their heads. */
    static byte[] riff(String type, byte[] data, byte[] chunks) {
        int padding = data.length % 2;
        return ByteBuffer.allocate(20 + data.length + padding + chunks.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + data.length + padding + chunks.length)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .put(new byte[padding])
                .put(chunks)
                .array();
    }

    private static BufferedImage drawn(int width, int height, int type) {
        var picture = new BufferedImage(width, height, type);
        var pen = picture.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, 0, width - width / 2, height);
        pen.dispose();
        return picture;
    }

    private static byte[] written(BufferedImage picture, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new IllegalStateException("No writer for " + format);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Bits from the lowest on, as lossless WebP packs them. */
    private static final class Bits {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int current;
        private int filled;

        Bits put(int value, int count) {
            IntStream.range(0, count).forEach(i -> put(value >> i & 1));
            return this;
        }

        private void put(int bit) {
            current |= bit << filled++;
            if (filled == 8) {
                bytes.write(current);
                current = 0;
                filled = 0;
            }
        }

        byte[] bytes() {
            bytes.write(current);
            // Decoders read ahead.
            bytes.writeBytes(new byte[8]);
            return bytes.toByteArray();
        }
    }
}
