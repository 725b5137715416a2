package dev.strangler.cutover.workflow;

import java.util.List;

/** The target's sequences behind columns of the feature's tables. */
public interface IdGenerators {

    /** Moves them past the largest id in their tables, and as far beyond; answers how many there are. Never moves one back. */
    int raise(long beyond);

    /** Those that have no room for that, each with what is left of it. */
    List<String> withoutRoom(long beyond);
}
