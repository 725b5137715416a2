package dev.strangler.facade.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The path of a request, decoded once. What a server behind the façade could read as another path than this one is refused, so that the
 * feature that is routed and the one that answers are the same.
 *
 * @param decoded as the side will understand it
 */
record RequestPath(String decoded) {

    private static final int MAX_LENGTH = 2_048;
    private static final String OTHERS_ALLOWED = "-._~!$&'()*+,=:@/";
    private static final Pattern ENCODED_AGAIN = Pattern.compile("%[0-9A-Fa-f]{2}");

    /**
     * Reads a raw request target without its query.
     *
     * @throws Refused when it is ambiguous
     */
    static RequestPath parse(String raw) {
        if (raw.length() > MAX_LENGTH) {
            throw refused("it has %d characters, allowed are %d".formatted(raw.length(), MAX_LENGTH));
        }
        if (!raw.startsWith("/")) {
            throw refused("it does not begin with a slash");
        }
        if (raw.contains("//")) {
            throw refused("it has an empty segment");
        }
        for (var segment : raw.split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                throw refused("it has a dot segment");
            }
        }
        var decoded = decode(raw);
        if (ENCODED_AGAIN.matcher(decoded).find()) {
            throw refused("it is encoded twice");
        }
        return new RequestPath(decoded);
    }

    private static String decode(String raw) {
        var bytes = ByteBuffer.allocate(raw.length());
        for (var index = 0; index < raw.length(); index++) {
            var character = raw.charAt(index);
            if (character == '%') {
                bytes.put(encoded(raw, index));
                index += 2;
            } else if (isPlain(character)) {
                bytes.put((byte) character);
            } else {
                throw refused(
                        "the character U+%04X at %d must not stand there unencoded".formatted((int) character, index));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException noText) {
            throw refused("its encoded bytes are no UTF-8");
        }
    }

    private static byte encoded(String raw, int index) {
        var high = index + 2 < raw.length() ? Character.digit(raw.charAt(index + 1), 16) : -1;
        var low = index + 2 < raw.length() ? Character.digit(raw.charAt(index + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw refused("the percent sign at %d is not followed by two hexadecimal digits".formatted(index));
        }
        var value = high * 16 + low;
        if (value < ' ' || value == 0x7F) {
            throw refused("it has an encoded control character");
        }
        if (value == '/' || value == '\\' || value == '.' || value == ';') {
            throw refused("it has an encoded '%c'".formatted((char) value));
        }
        return (byte) value;
    }

    private static boolean isPlain(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || OTHERS_ALLOWED.indexOf(character) >= 0;
    }

    private static Refused refused(String fact) {
        return new Refused(Problem.badRequest(
                "ambiguous-path",
                "The path can be read in more than one way: %s. Send it plain, each segment encoded at most once."
                        .formatted(fact)));
    }
}
