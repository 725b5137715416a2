package dev.strangler.media.uploads;

import dev.strangler.side.refusals.Refusal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's name for its file: shown to people and offered at downloads, never a path.
 *
 * @param value composed (NFC), at most 200 characters and 255 bytes, of plain characters, without separators of folders and quotation marks
 */
public record FileName(String value) {

    private static final int LONGEST = 200;
    private static final int MOST_BYTES = 255;

    /** Separators and control characters in the disguise of percent signs; no honest name has them. */
    private static final Pattern DISGUISED = Pattern.compile("%(?:0[0-9a-f]|1[0-9a-f]|7f|2f|5c|25(?:0|1|2f|5c))");

    /** @throws Refusal INVALID if it is missing, too long, or has what a name must not have; nothing is repaired but its composition */
    public static FileName of(@Nullable String given) {
        if (given == null || given.isBlank()) {
            throw refused("has no name; send one with an ending like .jpg");
        }
        if (given.length() > 4 * LONGEST) {
            throw tooLong(given);
        }
        String name = Normalizer.normalize(given, Normalizer.Form.NFC);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.codePointCount(0, name.length()) > LONGEST || bytes > MOST_BYTES) {
            throw tooLong(name);
        }
        if (!PlainText.isPlain(name)) {
            throw refused("has a name with control or text-direction characters, none are allowed");
        }
        if (name.contains("\"")) {
            throw refused("has a name with a quotation mark, none is allowed");
        }
        if (name.contains("/") || name.contains("\\") || name.equals(".") || name.equals("..")) {
            throw refused("has a name that is a path; send the bare name");
        }
        if (DISGUISED.matcher(name.toLowerCase(Locale.ROOT)).find()) {
            throw refused("has a name with percent-encoded separators or control characters, none are allowed");
        }
        if (!name.equals(name.strip())) {
            throw refused("has a name with white space at its start or end, none is allowed there");
        }
        return new FileName(name);
    }

    private static Refusal tooLong(String name) {
        return refused(String.format(
                Locale.ROOT,
                "has a name of %,d characters, %d characters and %d bytes are allowed",
                name.codePointCount(0, name.length()),
                LONGEST,
                MOST_BYTES));
    }

    private static Refusal refused(String reason) {
        return Refusal.invalid("file", reason);
    }

    @Override
    public String toString() {
        return value;
    }
}
