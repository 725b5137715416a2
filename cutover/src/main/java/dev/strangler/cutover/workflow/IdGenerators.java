package dev.strangler.cutover.workflow;

import java.util.List;

/**
 * The target's sequences behind columns of the feature's tables, as far as its database knows of them: not those that a program asks by name
 * before it inserts, as Hibernate does with {@code <entity>_seq}.
 */
public interface IdGenerators {

    /** Moves them past the largest id in their tables, and as far beyond; answers how many there are. Never moves one back. */
    int raise(long beyond);

    /** The columns whose generators these are, as {@code table.column}. */
    List<String> columns();

    /** Those that have no room for that, each with what is left of it. */
    List<String> withoutRoom(long beyond);
}
