package dev.strangler.cutover.history;

import java.util.Set;

/**
 * An event of the feature's topic. Deliveries may repeat one.
 *
 * @param aggregate the id of the aggregate
 * @param version of the aggregate
 * @param epoch the ownership epoch under which it was written
 * @param origin the process that wrote it
 * @param elements all that the aggregate held at that version
 * @param partition of the topic
 * @param offset in the partition
 */
public record Logged(
        String aggregate, long version, long epoch, String origin, Set<String> elements, int partition, long offset) {

    public Logged {
        elements = Set.copyOf(elements);
    }

    /** Whether it tells the same change, wherever it lies. */
    boolean isSameChangeAs(Logged other) {
        return version == other.version
                && epoch == other.epoch
                && aggregate.equals(other.aggregate)
                && origin.equals(other.origin)
                && elements.equals(other.elements);
    }
}
