package dev.strangler.media.uploads;

import dev.strangler.side.refusals.Refusal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The tags of one asset: a set, always told in the byte order of their UTF-8 form, which is the order that PostgreSQL's
 * collation "C" gives too, so that both sides of the strangler tell the same list.
 */
public record Tags(List<String> values) {

    private static final int MOST = 50;
    private static final int LONGEST = 60;
    private static final Comparator<String> BYTE_ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    /**
     * The given words, trimmed, composed (NFC), without doubles and empty ones.
     *
     * @throws Refusal INVALID when there are more than 50, one is longer than 60 characters, or one carries a control character
     */
    public static Tags of(Collection<String> words) {
        var values = words.stream()
                .map(word -> Normalizer.normalize(word.strip(), Normalizer.Form.NFC))
                .filter(word -> !word.isEmpty())
                .distinct()
                .sorted(BYTE_ORDER)
                .toList();
        if (values.size() > MOST) {
            throw Refusal.invalid("tags", "%d were given, %d are allowed".formatted(values.size(), MOST));
        }
        values.forEach(Tags::check);
        return new Tags(values);
    }

    private static void check(String tag) {
        if (tag.codePointCount(0, tag.length()) > LONGEST) {
            throw Refusal.invalid(
                    "tags",
                    "one has %d characters, %d are allowed".formatted(tag.codePointCount(0, tag.length()), LONGEST));
        }
        if (!PlainText.isPlain(tag)) {
            throw Refusal.invalid("tags", "one carries a control or text-direction character, none is allowed");
        }
    }
}
