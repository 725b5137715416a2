package dev.strangler.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that no shop should swallow, made here byte by byte. */
public final class HostileFiles {

    /** A file as it is sent, the status it deserves, and a word that the refusal must contain. */
    public record Bad(String what, String fileName, String contentType, byte[] content, int status, String says) {
        @Override
        public String toString() {
            return what;
        }
    }

    private HostileFiles() {}

    public static Stream<Bad> all() throws IOException {
        return Stream.of(tooLarge(), cutOff(), glued(), disguised(), broken()).flatMap(bad -> bad);
    }

    private static Stream<Bad> tooLarge() {
        return Stream.of(
                new Bad("PNG bomb", "b.png", "image/png", pngClaiming(18_000, 11_000), 422, "198,000,000"),
                new Bad("PNG beyond all", "b.png", "image/png", pngClaiming(0x7FFFFFFF, 0x7FFFFFFF), 422, "pixels"),
                new Bad("JPEG bomb", "b.jpg", "image/jpeg", jpegClaiming(18_000, 11_000), 422, "198,000,000"),
                new Bad("GIF bomb", "b.gif", "image/gif", gifClaiming(18_000, 11_000), 422, "198,000,000"),
                new Bad("lossless bomb", "b.webp", "image/webp", webpClaiming(16_383, 16_383), 422, "pixels"),
                new Bad("lossy bomb", "b.webp", "image/webp", lossyClaiming(16_383, 16_383), 422, "pixels"),
                new Bad("hidden bomb", "b.webp", "image/webp", smallCanvasAroundLargePicture(), 422, ""),
                new Bad("ratio bomb", "b.png", "image/png", pngClaiming(20_200, 200), 422, "100:1"),
                new Bad("no pixels", "b.png", "image/png", pngClaiming(0, 10), 422, "0 x 10"),
                new Bad("many frames", "b.gif", "image/gif", Pictures.gif(2, 2, 501), 422, "500 frames"),
                new Bad("many scans", "b.jpg", "image/jpeg", jpegOfManyScans(), 422, "100 scans"),
                new Bad("21 MB", "b.jpg", "image/jpeg", padded(Pictures.jpeg(100, 100), 21 << 20), 413, "20,971,520"),
                new Bad("25 MB", "b.jpg", "image/jpeg", padded(Pictures.jpeg(100, 100), 25 << 20), 413, ""));
    }

    private static Stream<Bad> cutOff() {
        return Stream.of(
                new Bad("zero bytes", "b.png", "image/png", new byte[0], 422, "empty"),
                new Bad("one byte", "b.jpg", "image/jpeg", new byte[] {(byte) 0xFF}, 415, "no picture"),
                new Bad("cut JPEG", "b.jpg", "image/jpeg", half(Pictures.jpeg(600, 600)), 422, "cut off"),
                new Bad("cut PNG", "b.png", "image/png", half(Pictures.png(600, 600)), 422, "cut off"),
                new Bad("cut GIF", "b.gif", "image/gif", half(Pictures.gif(600, 600)), 422, "cut off"),
                new Bad("cut WebP", "b.webp", "image/webp", half(Pictures.webp(600, 600)), 422, "cut off"),
                new Bad("JPEG without end", "b.jpg", "image/jpeg", less(Pictures.jpeg(60, 60), 2), 422, "cut off"),
                new Bad("PNG without end", "b.png", "image/png", less(Pictures.png(60, 60), 12), 422, "cut off"),
                new Bad("GIF without end", "b.gif", "image/gif", less(Pictures.gif(60, 60), 1), 422, "cut off"));
    }

    private static Stream<Bad> glued() throws IOException {
        byte[] page = "<html><script>alert(1)</script></html>".getBytes(UTF_8);
        byte[] archive = zip();
        return Stream.of(
                new Bad(
                        "JPEG and page",
                        "b.jpg",
                        "image/jpeg",
                        with(Pictures.jpeg(60, 60), page),
                        422,
                        "after the end"),
                new Bad(
                        "JPEG and jar",
                        "b.jpg",
                        "image/jpeg",
                        with(Pictures.jpeg(60, 60), archive),
                        422,
                        "after the end"),
                new Bad("PNG and page", "b.png", "image/png", with(Pictures.png(60, 60), page), 422, "after the end"),
                new Bad("PNG and jar", "b.png", "image/png", with(Pictures.png(60, 60), archive), 422, "after the end"),
                new Bad("GIF and jar", "b.gif", "image/gif", with(Pictures.gif(60, 60), archive), 422, "after the end"),
                new Bad("GIF and script", "b.gif", "image/gif", with(Pictures.gif(60, 60), page), 422, "after the end"),
                new Bad(
                        "WebP and jar",
                        "b.webp",
                        "image/webp",
                        with(Pictures.webp(60, 60), archive),
                        422,
                        "after the end"),
                new Bad(
                        "jar and JPEG",
                        "b.jpg",
                        "image/jpeg",
                        with(archive, Pictures.jpeg(60, 60)),
                        415,
                        "no picture"));
    }

    private static Stream<Bad> disguised() throws IOException {
        byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".getBytes(UTF_8);
        byte[] png = Pictures.png(60, 60);
        return Stream.of(
                new Bad("SVG", "b.svg", "image/svg+xml", svg, 415, "SVG"),
                new Bad("SVG as PNG", "b.png", "image/png", svg, 415, "SVG"),
                new Bad("XML as SVG as JPEG", "b.jpg", "image/jpeg", with("<?xml?>".getBytes(UTF_8), svg), 415, "SVG"),
                new Bad("page", "b.gif", "image/gif", "  <!doctype html>".getBytes(UTF_8), 415, "HTML"),
                new Bad(
                        "script after GIF magic",
                        "b.gif",
                        "image/gif",
                        "GIF89a=1;alert(1)//".getBytes(US_ASCII),
                        422,
                        ""),
                new Bad("archive", "b.png", "image/png", zip(), 415, "no picture"),
                new Bad("noise", "b.png", "image/png", noise(5000), 415, "no picture"),
                new Bad("bitmap", "b.bmp", "image/bmp", "BM".getBytes(US_ASCII), 415, "no picture"),
                new Bad("wrong ending", "b.jpg", "image/png", png, 415, ".png"),
                new Bad("program's ending", "b.png.exe", "image/png", png, 415, ".png"),
                new Bad("page's ending", "b.png.html", "image/png", png, 415, ".png"),
                new Bad("no ending", "picture", "image/png", png, 415, ".png"),
                new Bad("only an ending", ".png", "image/png", png, 415, ".png"),
                new Bad("wrong declaration", "b.png", "image/jpeg", png, 415, "Content-Type: image/png"),
                new Bad("declared as page", "b.png", "text/html", png, 415, "Content-Type: image/png"),
                new Bad(
                        "declared as anything",
                        "b.png",
                        "application/octet-stream",
                        png,
                        415,
                        "Content-Type: image/png"),
                new Bad("undeclared", "b.png", "", png, 415, "Content-Type: image/png"));
    }

    private static Stream<Bad> broken() {
        byte[] png = Pictures.png(300, 300);
        byte[] changed = png.clone();
        changed[changed.length / 2] ^= 0x55;
        byte[] webp = Pictures.webp(64, 64);
        byte[] shortWebp = Pictures.riff("VP8L", Arrays.copyOfRange(webp, 20, 28));
        byte[] lossy = Pictures.lossyWebp(64, 64);
        byte[] shortLossy = Pictures.riff("VP8 ", Arrays.copyOfRange(lossy, 20, 60));
        return Stream.of(
                new Bad("changed PNG", "b.png", "image/png", changed, 422, "check sums"),
                new Bad("PNG of noise", "b.png", "image/png", pngOf(300, 300, noise(400)), 422, "cannot be decoded"),
                new Bad("empty PNG", "b.png", "image/png", pngClaiming(300, 300), 422, "picture data"),
                new Bad("corrupt WebP", "b.webp", "image/webp", shortWebp, 422, "cannot be decoded"),
                new Bad("corrupt lossy WebP", "b.webp", "image/webp", shortLossy, 422, "cannot be decoded"),
                new Bad("empty WebP", "b.webp", "image/webp", Pictures.riff("JUNK", new byte[10]), 422, "picture"),
                new Bad("JPEG of noise", "b.jpg", "image/jpeg", with(new byte[] {-1, -40, -1}, noise(900)), 422, ""),
                new Bad(
                        "JPEG without picture",
                        "b.jpg",
                        "image/jpeg",
                        bytes(0xFF, 0xD8, 0xFF, 0xD9),
                        422,
                        "picture data"),
                new Bad("GIF of noise", "b.gif", "image/gif", with("GIF89a".getBytes(US_ASCII), noise(900)), 422, ""),
                new Bad("GIF without frame", "b.gif", "image/gif", gifWithoutFrame(), 422, "frame"));
    }

    static byte[] pngClaiming(int width, int height) {
        return png(width, height, new byte[0]);
    }

    private static byte[] pngOf(int width, int height, byte[] data) {
        return png(width, height, chunk("IDAT", data));
    }

    private static byte[] png(int width, int height, byte[] chunks) {
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put((byte) 2).put((byte) 0).put((byte) 0).put((byte) 0);
        return with(
                with(bytes(0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A), chunk("IHDR", header.array())),
                with(chunks, chunk("IEND", new byte[0])));
    }

    private static byte[] chunk(String type, byte[] data) {
        var sum = new CRC32();
        sum.update(type.getBytes(US_ASCII));
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(US_ASCII))
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }

    /** A real JPEG whose frame header is changed to claim another size. */
    private static byte[] jpegClaiming(int width, int height) {
        byte[] jpeg = Pictures.jpeg(60, 60);
        for (int i = 0; i < jpeg.length - 9; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(jpeg).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
                return jpeg;
            }
        }
        throw new IllegalStateException("no frame header");
    }

    private static byte[] jpegOfManyScans() {
        byte[] jpeg = Pictures.jpeg(60, 60);
        var many = new ByteArrayOutputStream();
        many.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 150; i++) {
            many.writeBytes(bytes(0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x55));
        }
        many.writeBytes(bytes(0xFF, 0xD9));
        return many.toByteArray();
    }

    private static byte[] gifClaiming(int width, int height) {
        byte[] gif = Pictures.gif(60, 60);
        gif[6] = (byte) width;
        gif[7] = (byte) (width >> 8);
        gif[8] = (byte) height;
        gif[9] = (byte) (height >> 8);
        return gif;
    }

    private static byte[] gifWithoutFrame() {
        return with("GIF89a".getBytes(US_ASCII), bytes(10, 0, 10, 0, 0, 0, 0, 0x3B));
    }

    private static byte[] webpClaiming(int width, int height) {
        int sides = (width - 1) | (height - 1) << 14;
        return Pictures.riff("VP8L", with(bytes(0x2F, sides, sides >> 8, sides >> 16, sides >> 24), new byte[20]));
    }

    private static byte[] lossyClaiming(int width, int height) {
        return Pictures.riff(
                "VP8 ",
                with(bytes(0x10, 0x02, 0, 0x9D, 0x01, 0x2A, width, width >> 8, height, height >> 8), new byte[40]));
    }

    /** A canvas of 10 x 10 pixels around a picture that claims 4,000 x 4,000. */
    private static byte[] smallCanvasAroundLargePicture() {
        byte[] canvas = bytes(0, 0, 0, 0, 9, 0, 0, 9, 0, 0);
        byte[] inner = webpClaiming(4_000, 4_000);
        byte[] picture = Arrays.copyOfRange(inner, 12, inner.length);
        return Pictures.riff("VP8X", canvas, picture);
    }

    private static byte[] padded(byte[] jpeg, int size) {
        return with(jpeg, new byte[size - jpeg.length]);
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write("Main-Class: Evil\n".getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(42).nextBytes(noise);
        return noise;
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static byte[] less(byte[] bytes, int missing) {
        return Arrays.copyOf(bytes, bytes.length - missing);
    }

    private static byte[] with(byte[] first, byte[] second) {
        return Pictures.joined(first, second);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
