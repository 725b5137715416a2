package dev.strangler.media.imaging;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/**
 * One picture on its way from a file to few enough pixels. Rows and columns are left out while decoding, so that the result
 * stays below {@link #ENOUGH} pixels a side, whatever the picture's size.
 */
final class Decoding {

    /** Sides of the decoded picture, in pixels: at least this much is kept, and never twice as much. */
    private static final int ENOUGH = 1024;

    private final Path file;
    private final Anatomy anatomy;
    private final int step;
    private volatile boolean givenUp;
    private volatile Runnable abort = () -> {};

    Decoding(Path file, Anatomy anatomy) {
        this.file = file;
        this.anatomy = anatomy;
        this.step = Math.max(1, Math.max(anatomy.width(), anatomy.height()) / ENOUGH);
    }

    /** Asks the decoder to stop at its next row. */
    void giveUp() {
        givenUp = true;
        abort.run();
    }

    /** The first frame on its canvas, every so many pixels, not turned yet. */
    BufferedImage decode() throws IOException {
        var reader = reader(anatomy.type());
        try (var in = new FileImageInputStream(file.toFile())) {
            abort = reader::abort;
            reader.setInput(in, true, true);
            var wanted = reader.getDefaultReadParam();
            wanted.setSourceSubsampling(step, step, 0, 0);
            var frame = reader.read(0, wanted);
            if (givenUp) {
                throw new IOException("given up");
            }
            return onCanvas(frame);
        } finally {
            abort = () -> {};
            reader.dispose();
        }
    }

    /** The readers are named one by one, so that no other one that happens to be on the class path sees strangers' files. */
    private static ImageReader reader(ImageType type) throws IOException {
        if (type == ImageType.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        var readers = ImageIO.getImageReadersByMIMEType(type.mediaType());
        while (readers.hasNext()) {
            var reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
        }
        throw new IllegalStateException("This Java platform cannot read " + type.mediaType());
    }

    private BufferedImage onCanvas(BufferedImage frame) {
        int width = stepped(anatomy.width());
        int height = stepped(anatomy.height());
        if (anatomy.type() != ImageType.GIF || (frame.getWidth() == width && frame.getHeight() == height)) {
            return frame;
        }
        var canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        var pen = canvas.createGraphics();
        try {
            pen.drawImage(frame, anatomy.left() / step, anatomy.top() / step, null);
        } finally {
            pen.dispose();
        }
        return canvas;
    }

    private int stepped(int length) {
        return (length + step - 1) / step;
    }
}
