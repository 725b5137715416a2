package dev.strangler.acceptance;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws pictures, a different one for every seed. */
final class Pictures {

    /** Marker, length, name, head and directory of camera data, in bytes. */
    private static final int EXIF_FRAME = 36;

    private Pictures() {}

    static byte[] png(long seed) {
        return written(drawn(seed), "png");
    }

    /** A JPEG in which a camera has written who made it, by the standard for that (EXIF 2.3, 4.5.4 and 4.6.2). */
    static byte[] takenWith(String camera, long seed) {
        var picture = written(drawn(seed), "jpg");
        var make = (camera + "\0").getBytes(StandardCharsets.US_ASCII);
        // After the start of the picture: a segment with a directory of one entry, whose text follows upon the
        // directory.
        return ByteBuffer.allocate(picture.length + EXIF_FRAME + make.length)
                .put(picture, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) (EXIF_FRAME - 2 + make.length))
                .put("Exif\0\0MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x010F)
                .putShort((short) 2)
                .putInt(make.length)
                .putInt(26)
                .putInt(0)
                .put(make)
                .put(picture, 2, picture.length - 2)
                .array();
    }

    private static BufferedImage drawn(long seed) {
        var random = new Random(seed);
        var picture = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        var canvas = picture.createGraphics();
        for (var shape = 0; shape < 12; shape++) {
            canvas.setColor(new Color(random.nextInt(1 << 24)));
            canvas.fillOval(random.nextInt(80), random.nextInt(50), 8 + random.nextInt(40), 8 + random.nextInt(40));
        }
        canvas.dispose();
        // The seed itself in the first pixels: two seeds never draw the same picture.
        picture.setRGB(0, 0, (int) seed & 0xffffff);
        picture.setRGB(1, 0, (int) (seed >> 24) & 0xffffff);
        return picture;
    }

    private static byte[] written(BufferedImage picture, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
