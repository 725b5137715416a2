package dev.strangler.acceptance;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws pictures, a different one for every seed. */
final class Pictures {

    private Pictures() {}

    static byte[] png(long seed) {
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
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
