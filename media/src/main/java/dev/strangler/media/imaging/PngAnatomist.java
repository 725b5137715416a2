package dev.strangler.media.imaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** PNG (W3C, third edition): chunks with lengths and check sums, from IHDR to IEND. */
final class PngAnatomist implements Anatomist {

    private static final int SIGNATURE = 8;
    private static final int MOST_EXIF = 1 << 16;
    private static final int MOST_CHUNKS = 100_000;

    private final ImageLimits limits;

    PngAnatomist(ImageLimits limits) {
        this.limits = limits;
    }

    @Override
    public Anatomy examine(Cursor file) throws IOException {
        file.skip(SIGNATURE);
        var header = new Chunk(file, 13);
        if (!header.type.equals("IHDR") || header.length != 13) {
            throw ImageLimits.broken("is a PNG that does not start with its header");
        }
        long width = header.number(0);
        long height = header.number(4);
        limits.checkSides(width, height);
        var exif = walk(file);
        file.expectEnd();
        return Anatomy.still(ImageType.PNG, (int) width, (int) height, exif);
    }

    private Exif walk(Cursor file) throws IOException {
        var exif = Exif.NONE;
        var frames = ImageLimits.Frames.NONE;
        boolean data = false;
        for (int count = 0; count < MOST_CHUNKS; count++) {
            var chunk = new Chunk(file, MOST_EXIF);
            switch (chunk.type) {
                case "IEND" -> {
                    if (!data) {
                        throw ImageLimits.broken("is a PNG without any picture data");
                    }
                    return exif;
                }
                case "IDAT" -> data = true;
                case "eXIf" -> exif = new Exif(chunk.start);
                // Frames of an animation; nobody here decodes them, but browsers do.
                case "fcTL" -> frames = limits.add(frames, chunk.number(4), chunk.number(8));
                case "IHDR" -> throw ImageLimits.broken("is a PNG with two headers");
                default -> {
                    // Colours, text and times: not needed, not kept in renditions.
                }
            }
        }
        throw ImageLimits.broken(String.format(Locale.ROOT, "is a PNG of more than %,d chunks", MOST_CHUNKS));
    }

    /** One chunk, passed over and checked; its first bytes are kept. */
    private static final class Chunk {

        private final long length;
        private final String type;
        private final byte[] start;

        Chunk(Cursor file, int keep) throws IOException {
            length = file.bigEndian32();
            byte[] name = file.next(4);
            type = new String(name, StandardCharsets.ISO_8859_1);
            if (length > file.left()) {
                // Says "cut off" without reading what is not there.
                file.skip(length);
            }
            var sum = new CRC32();
            sum.update(name);
            start = file.next((int) Math.min(length, keep));
            sum.update(start);
            for (long left = length - start.length; left > 0; ) {
                byte[] piece = file.next((int) Math.min(left, 1 << 16));
                sum.update(piece);
                left -= piece.length;
            }
            if (file.bigEndian32() != sum.getValue()) {
                throw ImageLimits.broken("is a PNG whose check sums do not fit its content");
            }
        }

        long number(int offset) {
            if (start.length < offset + 4) {
                throw ImageLimits.broken("is a PNG with a chunk that is too short");
            }
            return (start[offset] & 0xFFL) << 24
                    | (start[offset + 1] & 0xFFL) << 16
                    | (start[offset + 2] & 0xFFL) << 8
                    | (start[offset + 3] & 0xFFL);
        }
    }
}
