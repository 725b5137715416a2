package dev.strangler.media.imaging;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** From decoded pixels to a small file without any metadata of the original. */
final class Drawing {

    private static final float QUALITY = 0.85f;

    private Drawing() {}

    static DrawnThumbnail thumbnail(BufferedImage decoded, Anatomy anatomy, int box) throws IOException {
        double factor = Math.min(1, (double) box / Math.max(anatomy.width(), anatomy.height()));
        int width = Math.max(1, (int) Math.round(anatomy.width() * factor));
        int height = Math.max(1, (int) Math.round(anatomy.height() * factor));
        var turned = turned(scaled(decoded, width, height), anatomy.orientation());
        boolean transparent = decoded.getColorModel().hasAlpha() && hasTransparency(turned);
        byte[] bytes = transparent ? png(turned) : jpeg(turned);
        return new DrawnThumbnail(
                bytes, transparent ? "image/png" : "image/jpeg", turned.getWidth(), turned.getHeight());
    }

    /** Halves until one last step is left, as a single large step would leave out pixels. */
    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        var current = picture;
        int nextWidth = Math.max(width, current.getWidth() / 2);
        int nextHeight = Math.max(height, current.getHeight() / 2);
        while (nextWidth > width || nextHeight > height) {
            current = drawn(current, nextWidth, nextHeight);
            nextWidth = Math.max(width, nextWidth / 2);
            nextHeight = Math.max(height, nextHeight / 2);
        }
        return drawn(current, width, height);
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height) {
        // Premultiplied, or else the colour of invisible pixels bleeds into the edges.
        var result = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        var pen = result.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(picture, 0, 0, width, height, null);
        } finally {
            pen.dispose();
        }
        return result;
    }

    private static BufferedImage turned(BufferedImage picture, Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return picture;
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        var result = orientation.swapsSides()
                ? new BufferedImage(height, width, BufferedImage.TYPE_INT_ARGB_PRE)
                : new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        var pen = result.createGraphics();
        try {
            pen.drawImage(picture, orientation.turn(width, height), null);
        } finally {
            pen.dispose();
        }
        return result;
    }

    private static boolean hasTransparency(BufferedImage picture) {
        int[] row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != 0xFF) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        var plain = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB);
        copy(picture, plain);
        return written(plain, "png", false);
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        var opaque = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy(picture, opaque);
        return written(opaque, "jpeg", true);
    }

    private static void copy(BufferedImage from, BufferedImage to) {
        var pen = to.createGraphics();
        try {
            if (!to.getColorModel().hasAlpha()) {
                pen.setColor(Color.WHITE);
                pen.fillRect(0, 0, to.getWidth(), to.getHeight());
            }
            pen.drawImage(from, 0, 0, null);
        } finally {
            pen.dispose();
        }
    }

    private static byte[] written(BufferedImage picture, String format, boolean lossy) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            var wanted = writer.getDefaultWriteParam();
            if (lossy) {
                wanted.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                wanted.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(picture, null, null), wanted);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
