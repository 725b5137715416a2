package dev.strangler.pim.products;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The tags of one product: a set, told in the byte order of its UTF-8 form, which is also the order of PostgreSQL's
 * collation "C", so that SQL and Java tell the same list.
 */
public final class Tags {

    private static final Comparator<String> BYTE_ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private final List<String> values;

    private Tags(List<String> values) {
        this.values = values;
    }

    /** The words trimmed and composed (NFC), without empty ones and doubles. */
    public static Tags of(Collection<String> words) {
        return new Tags(words.stream()
                .map(word -> Normalizer.normalize(word.strip(), Normalizer.Form.NFC))
                .filter(word -> !word.isEmpty())
                .distinct()
                .sorted(BYTE_ORDER)
                .toList());
    }

    /** In byte order, without doubles. */
    public List<String> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tags tags && tags.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
