package dev.strangler.media.imaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The allow-list of picture types. The content decides the type; name and declaration must agree with it. */
public enum ImageType {
    /** Photographs. */
    JPEG("image/jpeg", List.of("jpg", "jpeg", "jpe", "jfif"), List.of("image/jpeg", "image/jpg", "image/pjpeg")),
    /** Drawings and pictures with transparency. */
    PNG("image/png", List.of("png"), List.of("image/png", "image/x-png")),
    /** Small animations; only the first frame becomes a thumbnail. */
    GIF("image/gif", List.of("gif"), List.of("image/gif")),
    /** Photographs and drawings of the web. */
    WEBP("image/webp", List.of("webp"), List.of("image/webp"));

    /** How many bytes of a file {@link #ofContent} wants to see; fewer are taken for a shorter file. */
    public static final int MAGIC_BYTES = 12;

    private final String mediaType;
    private final List<String> extensions;
    private final List<String> declarations;

    ImageType(String mediaType, List<String> extensions, List<String> declarations) {
        this.mediaType = mediaType;
        this.extensions = extensions;
        this.declarations = declarations;
    }

    /** The registered media type, under which it is stored and served. */
    public String mediaType() {
        return mediaType;
    }

    /** Whether a file of this type may end like this name; case does not matter. */
    public boolean mayBeNamed(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 && extensions.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether a client may declare a file of this type so; parameters and case do not matter. */
    public boolean mayBeDeclared(String contentType) {
        String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return declarations.contains(bare);
    }

    /** The file name endings of this type, for messages: {@code .jpg, .jpeg}. */
    public String endings() {
        return "." + String.join(", .", extensions);
    }

    /** The type that these first bytes announce; empty if it is none that the shop takes. */
    public static Optional<ImageType> ofContent(byte[] head) {
        if (startsWith(head, 0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        }
        if (startsWith(head, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return Optional.of(PNG);
        }
        if (startsWith(head, 0, 'G', 'I', 'F', '8', '7', 'a') || startsWith(head, 0, 'G', 'I', 'F', '8', '9', 'a')) {
            return Optional.of(GIF);
        }
        if (startsWith(head, 0, 'R', 'I', 'F', 'F') && startsWith(head, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] head, int offset, int... expected) {
        if (head.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((head[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** What looks like a document that browsers would run; only to say so in the refusal, never to let anything in. */
    static boolean looksLikeMarkup(byte[] head) {
        int start = startsWith(head, 0, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        var text = new String(Arrays.copyOfRange(head, start, head.length), StandardCharsets.ISO_8859_1);
        return text.stripLeading().startsWith("<");
    }
}
