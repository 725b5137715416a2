package dev.strangler.media.imaging;

import java.io.IOException;
import java.util.Arrays;

/**
 * JPEG (ITU T.81): segments with lengths, entropy-coded scans between markers, an end marker.
 *
 * <p>After the end only further JPEG pictures may follow, as phones append their gain maps and previews (multi-picture
 * format), and padding with zeros, as some cameras do. Both are inert; everything else is refused.
 */
final class JpegAnatomist implements Anatomist {

    private static final int MOST_PICTURES = 5;
    private static final int MOST_PADDING = 1 << 16;

    private final ImageLimits limits;

    JpegAnatomist(ImageLimits limits) {
        this.limits = limits;
    }

    @Override
    public Anatomy examine(Cursor file) throws IOException {
        file.skip(2);
        var first = new Picture(file).walk();
        for (int pictures = 1; file.left() > 0; pictures++) {
            if (!startsAnother(file) || pictures == MOST_PICTURES) {
                file.expectEnd();
                break;
            }
            new Picture(file).walk();
        }
        return first;
    }

    /** Passes over padding and a start marker; answers false at anything else. */
    private static boolean startsAnother(Cursor file) throws IOException {
        int value = file.next();
        for (int padding = 0; value == 0 && padding < MOST_PADDING && file.left() > 0; padding++) {
            value = file.next();
        }
        return value == 0xFF && file.left() > 0 && file.next() == 0xD8;
    }

    /** One picture, after its start marker. */
    private final class Picture {

        private final Cursor file;
        private int width;
        private int height;
        private int scans;
        private Exif exif = Exif.NONE;

        Picture(Cursor file) {
            this.file = file;
        }

        Anatomy walk() throws IOException {
            int marker = nextMarker();
            while (marker != 0xD9) {
                if (marker == 0xDA) {
                    marker = passScan();
                } else {
                    passSegment(marker);
                    marker = nextMarker();
                }
            }
            if (scans == 0) {
                throw ImageLimits.broken("is a JPEG without any picture data");
            }
            return Anatomy.still(ImageType.JPEG, width, height, exif);
        }

        private int nextMarker() throws IOException {
            if (file.next() != 0xFF) {
                throw ImageLimits.broken("is a JPEG with something between its segments");
            }
            int marker = file.next();
            while (marker == 0xFF) {
                marker = file.next();
            }
            if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD8)) {
                throw ImageLimits.broken("is a JPEG with a marker where none belongs");
            }
            return marker;
        }

        private void passSegment(int marker) throws IOException {
            int length = length();
            if (isFrameHeader(marker)) {
                readFrame(marker, length);
            } else if (marker == 0xE1) {
                readExif(file.next(length));
            } else {
                file.skip(length);
            }
        }

        private int length() throws IOException {
            int length = file.bigEndian16() - 2;
            if (length < 0) {
                throw ImageLimits.broken("is a JPEG with a segment of impossible length");
            }
            return length;
        }

        private static boolean isFrameHeader(int marker) {
            // C4, C8 and CC lie between the frame headers and mean tables and extensions.
            return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        }

        private void readFrame(int marker, int length) throws IOException {
            byte[] frame = file.next(length);
            if (width != 0 || length < 6) {
                throw ImageLimits.broken("is a JPEG with two frame headers or a broken one");
            }
            int components = frame[5];
            boolean common = marker <= 0xC2 && frame[0] == 8 && (components == 1 || components == 3);
            if (!common) {
                throw ImageLimits.unprocessable(
                        "The JPEG is of an uncommon kind (process C%X, %d bits, %d components);"
                                        .formatted(marker & 0xF, frame[0], components)
                                + " baseline and progressive ones in grey or colour with 8 bits are taken. Save it anew as RGB.");
            }
            height = (frame[1] & 0xFF) << 8 | (frame[2] & 0xFF);
            width = (frame[3] & 0xFF) << 8 | (frame[4] & 0xFF);
            limits.checkSides(width, height);
        }

        private void readExif(byte[] segment) {
            byte[] name = {'E', 'x', 'i', 'f', 0, 0};
            if (segment.length > name.length && Arrays.equals(segment, 0, name.length, name, 0, name.length)) {
                exif = new Exif(Arrays.copyOfRange(segment, name.length, segment.length));
            }
        }

        /** Passes over a scan's header and its entropy-coded data, and answers the marker that ends it. */
        private int passScan() throws IOException {
            if (width == 0) {
                throw ImageLimits.broken("is a JPEG with picture data before its frame header");
            }
            limits.checkScans(++scans);
            file.skip(length());
            while (true) {
                int value = file.next();
                while (value == 0xFF) {
                    value = file.next();
                    boolean stuffedOrRestart = value == 0 || (value >= 0xD0 && value <= 0xD7);
                    if (!stuffedOrRestart && value != 0xFF) {
                        return value;
                    }
                }
            }
        }
    }
}
