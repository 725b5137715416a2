package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Marker;
import dev.strangler.cutover.Side;
import java.util.List;

/** Markers on their way from one side's outbox to the other side's consumers. */
public interface MarkerStream {

    /** The feature's topic. */
    String topic();

    /** How many partitions it has. */
    int partitions();

    /**
     * One marker of that name for each partition; the same for the same name.
     *
     * @param publisher whose outbox they will go through
     */
    List<Marker> markers(String name, Side publisher, int partitions);

    /** The names of the consumers on that side that keep aggregates of the feature. */
    List<String> consumers(Side side);

    /**
     * What has not arrived on that side, as {@code consumer/partition}; empty when every consumer has committed the marker of that name in
     * every partition, and with that everything before it.
     */
    List<String> missing(Side side, String name, int partitions);
}
