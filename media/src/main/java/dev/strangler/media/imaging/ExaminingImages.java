package dev.strangler.media.imaging;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Decides by content what a file is, and whether its structure is whole and within limits, without decoding it: at most 20
 * megapixels, sides of at most 100:1, bounded frames and scans, nothing cut off, nothing glued behind.
 */
@Component
public class ExaminingImages {

    private static final int HEAD = 256;

    private final ImageLimits limits;

    /** With the standard limits. */
    @Autowired
    public ExaminingImages() {
        this(ImageLimits.STANDARD);
    }

    ExaminingImages(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * What the file is. Reads it once, in bounded memory.
     *
     * @throws Refusal UNSUPPORTED if its content is of no type on the list, UNPROCESSABLE if it is of one, but empty, cut
     *     off, broken or beyond a limit
     */
    public Anatomy examine(Path file) throws IOException {
        byte[] head = head(file);
        if (head.length == 0) {
            throw ImageLimits.unprocessable("The file is empty. Choose the picture again and send it as a whole.");
        }
        var type = ImageType.ofContent(head).orElseThrow(() -> unsupported(head));
        try (var cursor = Cursor.over(file)) {
            return anatomist(type).examine(cursor);
        }
    }

    private Anatomist anatomist(ImageType type) {
        return switch (type) {
            case JPEG -> new JpegAnatomist(limits);
            case PNG -> new PngAnatomist(limits);
            case GIF -> new GifAnatomist(limits);
            case WEBP -> new WebpAnatomist(limits);
        };
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private static Refusal unsupported(byte[] head) {
        String fact = ImageType.looksLikeMarkup(head)
                ? "The content is a document like SVG, HTML or XML, which can carry scripts"
                : "The content is no picture of a known type";
        return Refusal.of(Kind.UNSUPPORTED, fact + "; JPEG, PNG, GIF and WebP are taken. Export it as one of these.");
    }
}
