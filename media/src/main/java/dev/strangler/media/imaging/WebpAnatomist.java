package dev.strangler.media.imaging;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * WebP (RFC 9649): a RIFF container around one picture (VP8 or VP8L), or around a canvas (VP8X) with a picture or frames.
 *
 * <p>The size that counts is the one inside the compressed picture, since that is what a decoder makes room for; a canvas
 * that claims less than its picture is refused.
 */
final class WebpAnatomist implements Anatomist {

    private static final int MOST_EXIF = 1 << 16;

    private final ImageLimits limits;

    WebpAnatomist(ImageLimits limits) {
        this.limits = limits;
    }

    @Override
    public Anatomy examine(Cursor file) throws IOException {
        file.skip(4);
        long riff = file.littleEndian32();
        long end = file.position() + riff;
        if (riff < 12 || riff % 2 != 0) {
            throw ImageLimits.broken("is a WebP of impossible length");
        }
        if (riff > file.left()) {
            file.skip(riff);
        }
        file.skip(4);
        var anatomy = new Walk(file, end).walk();
        file.expectEnd();
        return anatomy;
    }

    private record Sides(int width, int height) {}

    private final class Walk {

        private final Cursor file;
        private final long end;
        private @Nullable Sides canvas;
        private @Nullable Sides picture;
        private ImageLimits.Frames frames = ImageLimits.Frames.NONE;
        private Exif exif = Exif.NONE;

        Walk(Cursor file, long end) {
            this.file = file;
            this.end = end;
        }

        Anatomy walk() throws IOException {
            while (file.position() < end) {
                passChunk(end);
            }
            var inner = picture;
            if (inner == null && frames.count() == 0) {
                throw ImageLimits.broken("is a WebP without any picture");
            }
            var outer = canvas != null ? canvas : inner;
            if (outer == null || (inner != null && !inner.equals(outer))) {
                throw ImageLimits.broken("is a WebP whose picture has another size than its canvas");
            }
            return Anatomy.still(ImageType.WEBP, outer.width(), outer.height(), exif);
        }

        private void passChunk(long limit) throws IOException {
            String type = file.text(4);
            long length = file.littleEndian32();
            long next = file.position() + length + length % 2;
            if (next > limit) {
                throw ImageLimits.broken("is a WebP with a chunk that is longer than the file");
            }
            switch (type) {
                case "VP8X" -> canvas = canvas(length);
                case "VP8 ", "VP8L" -> picture = onlyOne(sides(type, length));
                case "ANMF" -> passFrame(next);
                case "EXIF" -> exif = new Exif(exif(length));
                default -> {
                    // Transparency, colours and texts; passed over below.
                }
            }
            if (file.position() > next) {
                throw ImageLimits.broken("is a WebP with a chunk that is too short");
            }
            file.skip(next - file.position());
        }

        private Sides canvas(long length) throws IOException {
            if (length != 10 || canvas != null || picture != null) {
                throw ImageLimits.broken("is a WebP with a broken canvas");
            }
            file.skip(4);
            return checked(new Sides(file.littleEndian24() + 1, file.littleEndian24() + 1));
        }

        private Sides sides(String type, long length) throws IOException {
            if (length < (type.equals("VP8L") ? 6 : 10)) {
                throw ImageLimits.broken("is a WebP with a picture that is too short");
            }
            return checked(type.equals("VP8L") ? lossless() : lossy());
        }

        private Sides lossless() throws IOException {
            if (file.next() != 0x2F) {
                throw ImageLimits.broken("is a WebP with a broken lossless picture");
            }
            long bits = file.littleEndian32();
            return new Sides((int) (bits & 0x3FFF) + 1, (int) (bits >> 14 & 0x3FFF) + 1);
        }

        private Sides lossy() throws IOException {
            boolean keyFrame = (file.littleEndian24() & 1) == 0;
            if (!keyFrame || file.next() != 0x9D || file.next() != 0x01 || file.next() != 0x2A) {
                throw ImageLimits.broken("is a WebP with a broken lossy picture");
            }
            return new Sides(file.littleEndian16() & 0x3FFF, file.littleEndian16() & 0x3FFF);
        }

        private Sides onlyOne(Sides sides) {
            if (picture != null) {
                throw ImageLimits.broken("is a WebP with two pictures");
            }
            return sides;
        }

        private Sides checked(Sides sides) {
            limits.checkSides(sides.width(), sides.height());
            return sides;
        }

        /** A frame holds chunks of its own, of which one is its picture. */
        private void passFrame(long next) throws IOException {
            var around = picture;
            if (canvas == null || around != null) {
                throw ImageLimits.broken("is a WebP with a frame outside a canvas");
            }
            long left = 2L * file.littleEndian24();
            long top = 2L * file.littleEndian24();
            var frame = new Sides(file.littleEndian24() + 1, file.littleEndian24() + 1);
            file.skip(4);
            if (left + frame.width() > canvas.width() || top + frame.height() > canvas.height()) {
                throw ImageLimits.broken("is a WebP with a frame that is larger than its canvas");
            }
            frames = limits.add(frames, frame.width(), frame.height());
            while (file.position() < next) {
                passFrameChunk(next, frame);
            }
        }

        private void passFrameChunk(long limit, Sides frame) throws IOException {
            String type = file.text(4);
            long length = file.littleEndian32();
            long next = file.position() + length + length % 2;
            if (next > limit) {
                throw ImageLimits.broken("is a WebP with a chunk that is longer than its frame");
            }
            if ((type.equals("VP8 ") || type.equals("VP8L"))
                    && !sides(type, length).equals(frame)) {
                throw ImageLimits.broken("is a WebP whose frame has another size than its picture");
            }
            file.skip(next - file.position());
        }

        private byte[] exif(long length) throws IOException {
            byte[] bytes = file.next((int) Math.min(length, MOST_EXIF));
            boolean prefixed = bytes.length > 6 && bytes[0] == 'E' && bytes[1] == 'x' && bytes[4] == 0;
            return prefixed ? Arrays.copyOfRange(bytes, 6, bytes.length) : bytes;
        }
    }
}
