package dev.strangler.cutover;

import java.util.Collection;

/** Says rows of the owner's state view once more, as events of the type {@code <Aggregate>SnapshotTaken} in its outbox. */
public interface Snapshots {

    /**
     * Rows that were said.
     *
     * @param appended how many; 0 when there are none behind that key
     * @param lastKey the last of them; as given when there are none
     */
    record Chunk(long appended, String lastKey) {}

    /** How many rows there are. */
    long count(Feature feature, Side owner);

    /** Says the next rows behind a key, in one transaction. A fenced owner refuses. */
    Chunk append(Feature feature, Side owner, String after, int size);

    /** Says these rows, as far as they are there, in one transaction; answers how many. A fenced owner refuses. */
    long append(Feature feature, Side owner, Collection<String> keys);

    /**
     * Makes the consumers on that side forget which version of these rows they have applied, so that a snapshot of the same version is
     * applied once more.
     */
    void forgetVersions(Feature feature, Side copy, Collection<String> keys);
}
