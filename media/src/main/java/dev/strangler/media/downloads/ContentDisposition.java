package dev.strangler.media.downloads;

import java.nio.charset.StandardCharsets;

/**
 * The header that names a download (RFC 6266): a plain ASCII name for old clients and the real one, encoded by RFC 8187.
 */
final class ContentDisposition {

    private static final String UNENCODED = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** To be saved, never shown. */
    static String attachment(String fileName) {
        return "attachment; " + names(fileName);
    }

    /** To be shown in place, or saved under that name. */
    static String inline(String fileName) {
        return "inline; " + names(fileName);
    }

    /** The name with another ending. */
    static String renamed(String fileName, String ending) {
        int dot = fileName.lastIndexOf('.');
        return (dot > 0 ? fileName.substring(0, dot) : fileName) + "." + ending;
    }

    private static String names(String fileName) {
        var ascii = new StringBuilder();
        fileName.codePoints()
                .map(point ->
                        point < 0x20 || point > 0x7E || point == '"' || point == '\\' || point == '%' ? '_' : point)
                .forEach(ascii::appendCodePoint);
        String plain = "filename=\"" + ascii + "\"";
        return plain.contains(fileName) ? plain : plain + "; filename*=UTF-8''" + encoded(fileName);
    }

    private static String encoded(String fileName) {
        var encoded = new StringBuilder();
        for (byte octet : fileName.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xFF);
            boolean plain = (character >= '0' && character <= '9')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= 'a' && character <= 'z')
                    || UNENCODED.indexOf(character) >= 0;
            if (plain) {
                encoded.append(character);
            } else {
                encoded.append("%%%02X".formatted(octet & 0xFF));
            }
        }
        return encoded.toString();
    }
}
