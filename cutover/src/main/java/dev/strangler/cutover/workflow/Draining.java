package dev.strangler.cutover.workflow;

import java.util.List;
import java.util.function.Supplier;

/**
 * Waits until every consumer on the target's side has committed every marker. Each marker follows the last event of its partition, and is
 * committed in the order of the partition: then everything is there. No clock and no position is relied upon.
 */
final class Draining implements Step {

    @Override
    public StepName name() {
        return StepName.DRAIN;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var target = scene.operation().target();
        var streams = scene.with().streams();
        var most = "at most %d records".formatted(scene.limits().before().lagRecords());
        return new Gates(name())
                .ask(
                        "relay",
                        "RUNNING",
                        () -> streams.relay(scene.operation().source()),
                        found -> Gate.of(name(), "relay", found.equals("RUNNING"), found, "RUNNING", "Look at status."))
                .ask(
                        "consumers",
                        "at least 1",
                        () -> scene.with().markers().consumers(target),
                        found -> Gate.of(
                                        name(),
                                        "consumers",
                                        !found.isEmpty(),
                                        found.isEmpty() ? "none" : String.join(", ", found),
                                        "at least 1",
                                        "Start what applies %s there."
                                                .formatted(
                                                        scene.with().markers().topic()))
                                .strict())
                .ask(
                        "lag",
                        most,
                        () -> streams.behind(target),
                        found -> Gate.of(
                                name(),
                                "lag",
                                found <= scene.limits().before().lagRecords(),
                                found + " records",
                                most,
                                "Wait until it has caught up."))
                .ask(
                        "parked",
                        "none",
                        () -> streams.parked(target),
                        found -> Gate.of(name(), "parked", found == 0, found, "none", "Look at parked, retry or skip."))
                .ask(
                        "tracer",
                        Trips.limit(scene.limits()),
                        () -> streams.trip(
                                scene.operation().direction(),
                                scene.limits().before().roundTrip()),
                        trip -> Trips.gate(name(), "tracer", trip, scene))
                .list();
    }

    @Override
    public void run(Scene scene) {
        var stream = scene.with().markers();
        var target = scene.operation().target();
        Supplier<List<String>> missing = () -> stream.missing(target, scene.markerName(), scene.partitions());
        var gap = scene.limits().gap();
        var left = Gap.left(scene);
        var limit = left.compareTo(gap.drain()) < 0 ? left : gap.drain();
        if (!scene.waiting().until(() -> missing.get().isEmpty(), gap.look(), limit)) {
            throw new StepFailed("Markers had not arrived after %d ms at %s. Look at the relay and at the consumers."
                    .formatted(limit.toMillis(), String.join(", ", missing.get())));
        }
        requireAllPartitions(scene);
    }

    /** A partition that was added since has got no marker, so nobody knows whether all of it has arrived. */
    private static void requireAllPartitions(Scene scene) {
        var stream = scene.with().markers();
        var now = Gap.within(scene, "Counting partitions", stream::partitions);
        if (now != scene.partitions()) {
            throw new StepFailed(
                    "%s has %d partitions now and had %d when this began. Leave them alone during a handover, and try again."
                            .formatted(stream.topic(), now, scene.partitions()));
        }
    }
}
