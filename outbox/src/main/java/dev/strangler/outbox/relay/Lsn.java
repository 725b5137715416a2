package dev.strangler.outbox.relay;

/**
 * A position in PostgreSQL's write-ahead log, in bytes from its beginning.
 *
 * @param value unsigned
 */
public record Lsn(long value) implements Comparable<Lsn> {

    private static final int LOW_BITS = 32;
    private static final long LOW = 0xFFFF_FFFFL;

    /** From PostgreSQL's text, e.g. {@code 16/B374D848}. */
    public static Lsn parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException(
                    "'%s' is no position in the log. Write it as PostgreSQL does, e.g. 16/B374D848.".formatted(text));
        }
        return new Lsn(Long.parseLong(text.substring(0, slash), 16) << LOW_BITS
                | Long.parseLong(text.substring(slash + 1), 16));
    }

    /** Whether this lies behind the other, nearer to the end of the log. */
    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    /** Bytes from the other position to this; negative when this comes first. */
    public long minus(Lsn other) {
        return value - other.value;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(value >>> LOW_BITS, value & LOW);
    }
}
