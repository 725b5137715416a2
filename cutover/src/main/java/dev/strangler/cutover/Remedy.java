package dev.strangler.cutover;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What puts a discrepancy right; or why a repair leaves it alone.
 *
 * <p>The rule behind all of them: the copy may be changed only into what the owner has published. So what the stream has told is never taken
 * back for a row that the owner lost; a person must decide that.
 *
 * @param discrepancy what is to be put right
 * @param means how
 * @param words why so; of {@link Means#NONE} with the way out
 */
public record Remedy(Discrepancy discrepancy, Means means, String words) {

    /** How a discrepancy is put right. */
    public enum Means {
        /** The owner says its row once more, as it is. */
        SNAPSHOT,
        /** The owner's outbox says its last event of the row once more: the owner has no row, and that event says why. */
        LAST_WORD,
        /** The copy's consumers build all of it anew from the log, beside the live one. Takes as long as reading the whole log. */
        REBUILD,
        /** Nothing that a repair may do. */
        NONE
    }

    /** The last event of an aggregate that its owner's outbox still holds. */
    public record LastWord(String type, long version) {}

    /**
     * What puts it right.
     *
     * @param lastWord null when the owner's outbox has no event of it, or no longer
     * @param applied the newest version that the copy's consumers have applied; null when they never heard of it
     */
    static Remedy of(Discrepancy found, @Nullable LastWord lastWord, @Nullable Long applied) {
        return switch (found.kind()) {
            case MISSING, BEHIND, DIFFERENT ->
                new Remedy(found, Means.SNAPSHOT, "The owner says the row once more as a snapshot.");
            case EXTRA -> ofExtra(found, held(found.copyVersion()), lastWord, applied);
            case AHEAD -> ofAhead(found, held(found.copyVersion()), lastWord, applied);
        };
    }

    private static Remedy ofExtra(Discrepancy found, long held, @Nullable LastWord lastWord, @Nullable Long applied) {
        if (lastWord != null && lastWord.version() > held) {
            return new Remedy(
                    found,
                    Means.LAST_WORD,
                    "The owner's outbox says its last event, %s at version %d, once more."
                            .formatted(lastWord.type(), lastWord.version()));
        }
        if (lastWord != null && lastWord.version() == held) {
            return new Remedy(
                    found,
                    Means.NONE,
                    "The owner last published %s at version %d, which the copy holds, and has no row: it was deleted past the outbox. Put the row back at the owner, or have the owner publish its end."
                            .formatted(lastWord.type(), lastWord.version()));
        }
        return rebuilt(found, held, applied);
    }

    private static Remedy ofAhead(Discrepancy found, long held, @Nullable LastWord lastWord, @Nullable Long applied) {
        var isPublished = (lastWord != null && lastWord.version() >= held) || (applied != null && applied >= held);
        if (isPublished) {
            return new Remedy(
                    found,
                    Means.NONE,
                    "The owner has version %d, but version %d was published and applied: the owner was set back, by a restored backup for instance. Put the owner's row right from the copy's; the copy's is the newer."
                            .formatted(held(found.ownerVersion()), held));
        }
        return rebuilt(found, held, applied);
    }

    private static Remedy rebuilt(Discrepancy found, long held, @Nullable Long applied) {
        var heard = applied == null
                ? "never heard of it"
                : applied < held
                        ? "applied version %d at most".formatted(applied)
                        : "applied version %d, which the owner's outbox no longer holds".formatted(applied);
        return new Remedy(
                found,
                Means.REBUILD,
                "The copy holds version %d, but its consumers %s: its projection is built anew from the log."
                        .formatted(held, heard));
    }

    private static long held(@Nullable Long version) {
        return version == null ? 0 : version;
    }

    @Override
    public String toString() {
        return "%s %s: %s"
                .formatted(discrepancy.key(), discrepancy.kind().name().toLowerCase(Locale.ROOT), words);
    }
}
