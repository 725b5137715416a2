package dev.strangler.cutover;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that the two sides do not hold alike.
 *
 * @param key the aggregate's id in text
 * @param kind how they differ
 * @param ownerVersion the version that the owner holds; null when it has no such row
 * @param copyVersion the version that the other side holds; null when it has no such row
 * @param fields what differs, by path such as {@code price.amount} or {@code tags[0]}; empty where a row or a version is missing. At most
 *     {@value #MOST_FIELDS}
 */
public record Discrepancy(
        String key,
        Kind kind,
        @Nullable Long ownerVersion,
        @Nullable Long copyVersion,
        List<Field> fields) {

    static final int MOST_FIELDS = 20;
    static final int MOST_CHARACTERS = 200;

    public Discrepancy {
        fields = fields.stream().limit(MOST_FIELDS).toList();
    }

    /** How two rows differ. */
    public enum Kind {
        /** The owner has it, the copy doesn't. Saying it once more as a snapshot repairs it. */
        MISSING,
        /** The copy has it, the owner doesn't: the event that ends it never took effect, or nobody but the copy ever had it. See {@link Remedy}. */
        EXTRA,
        /** The copy stayed at an earlier version, though the stream is past it. A snapshot repairs it. */
        BEHIND,
        /** The copy is at a version above the owner's: written past its intake, or the owner was set back. See {@link Remedy}. */
        AHEAD,
        /** The same version with other contents. A snapshot repairs it. */
        DIFFERENT
    }

    /**
     * A field with two values, as JSON texts of at most {@value Discrepancy#MOST_CHARACTERS} characters.
     *
     * @param owner null when the owner has no such field
     * @param copy null when the copy has no such field
     */
    public record Field(
            String path, @Nullable String owner, @Nullable String copy) {

        public Field {
            owner = shortened(owner);
            copy = shortened(copy);
        }

        private static @Nullable String shortened(@Nullable String value) {
            return value == null || value.length() <= MOST_CHARACTERS
                    ? value
                    : value.substring(0, MOST_CHARACTERS) + "…";
        }
    }
}
