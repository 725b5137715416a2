package dev.strangler.media.imaging;

import java.io.IOException;

/** GIF (87a and 89a): a canvas, then blocks, then a trailer. */
final class GifAnatomist implements Anatomist {

    private static final int SIGNATURE = 6;

    private final ImageLimits limits;

    GifAnatomist(ImageLimits limits) {
        this.limits = limits;
    }

    @Override
    public Anatomy examine(Cursor file) throws IOException {
        file.skip(SIGNATURE);
        int width = file.littleEndian16();
        int height = file.littleEndian16();
        limits.checkSides(width, height);
        passColours(file, file.next(), 2);
        var frames = ImageLimits.Frames.NONE;
        int left = 0;
        int top = 0;
        for (int block = file.next(); block != 0x3B; block = file.next()) {
            if (block == 0x21) {
                file.skip(1);
                passSubBlocks(file);
            } else if (block == 0x2C) {
                int frameLeft = file.littleEndian16();
                int frameTop = file.littleEndian16();
                frames = limits.add(frames, file.littleEndian16(), file.littleEndian16());
                if (frames.count() == 1) {
                    left = frameLeft;
                    top = frameTop;
                }
                passColours(file, file.next(), 0);
                file.skip(1);
                passSubBlocks(file);
            } else {
                throw ImageLimits.broken("is a GIF with a block of no known kind");
            }
        }
        if (frames.count() == 0) {
            throw ImageLimits.broken("is a GIF without any frame");
        }
        file.expectEnd();
        return new Anatomy(ImageType.GIF, width, height, Exif.NONE, left, top);
    }

    /** Passes over what follows the flags before a colour table, and over the table if the flags announce one. */
    private static void passColours(Cursor file, int flags, int between) throws IOException {
        file.skip(between);
        if ((flags & 0x80) != 0) {
            file.skip(3L << ((flags & 7) + 1));
        }
    }

    private static void passSubBlocks(Cursor file) throws IOException {
        for (int length = file.next(); length != 0; length = file.next()) {
            file.skip(length);
        }
    }
}
