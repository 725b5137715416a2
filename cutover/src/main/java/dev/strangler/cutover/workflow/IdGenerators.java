package dev.strangler.cutover.workflow;

import java.util.List;

/**
 * The target's sequences behind columns of the feature's tables, as far as its database knows of them: not those that a program asks by name
 * before it inserts, as Hibernate does with {@code <entity>_seq}.
 */
public interface IdGenerators {

    /**
     * Moves them past the largest id in their tables and as far beyond, and past whatever the source's generators of the same columns have given
     * out: rows that were deleted since have had theirs. Never moves one back.
     *
     * @return how many there are
     */
    int raise(long beyond);

    /** The columns whose generators these are, as {@code table.column}. */
    List<String> columns();

    /** Those of the {@link #columns} for which the source's database knows of no generator: what was deleted there may come again. */
    List<String> withoutCounterpart();

    /** Those that have no room for that, each with what is left of it. */
    List<String> withoutRoom(long beyond);
}
