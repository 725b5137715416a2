package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Fence;
import dev.strangler.cutover.Marker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What every step is given: what is to be done, with whom, within which limits, and what earlier steps have noted. */
record Scene(
        Operation operation,
        Participants with,
        Limits limits,
        Notes notes,
        List<String> remarks,
        Waiting waiting,
        Clock clock) {

    static Scene of(Operation operation, Participants with, Limits limits, Notes notes, Waiting waiting, Clock clock) {
        return new Scene(operation, with, limits, notes, new ArrayList<>(), waiting, clock);
    }

    Fence source() {
        return with.fence(operation.source());
    }

    Fence target() {
        return with.fence(operation.target());
    }

    /** How many partitions the topic had when this began. */
    int partitions() {
        return notes.partitions().orElseGet(() -> with.markers().partitions());
    }

    /** The markers that follow the source's last write: always the same, however often they are asked for. */
    List<Marker> markers() {
        return with.markers().markers(markerName(), operation.source(), partitions());
    }

    String markerName() {
        return operation.id().value();
    }

    /** Something that was done with less than wished for. */
    void remark(String sentence) {
        remarks.add(sentence);
    }
}
