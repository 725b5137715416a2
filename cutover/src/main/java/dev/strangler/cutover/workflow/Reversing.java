package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Direction;
import java.time.Duration;
import java.util.List;

/**
 * Sees that what the new owner publishes arrives at the former one, by markers through its outbox. When it does not, the handover stands,
 * and people are told that the way back is blocked.
 */
final class Reversing implements Step {

    private static final Duration LOOK = Duration.ofMillis(20);

    @Override
    public StepName name() {
        return StepName.REVERSE;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var operation = scene.operation();
        var streams = scene.with().streams();
        return new Gates(name())
                .ask(
                        "reverse-relay",
                        "RUNNING",
                        () -> streams.relay(operation.target()),
                        found -> Gate.of(
                                name(), "reverse-relay", found.equals("RUNNING"), found, "RUNNING", "Look at status."))
                .ask(
                        "reverse-consumers",
                        "at least 1",
                        () -> scene.with().markers().consumers(operation.source()),
                        found -> Gate.of(
                                name(),
                                "reverse-consumers",
                                !found.isEmpty(),
                                found.isEmpty() ? "none" : String.join(", ", found),
                                "at least 1",
                                "Start what applies %s there."
                                        .formatted(scene.with().markers().topic())))
                .ask(
                        "reverse-parked",
                        "none",
                        () -> streams.parked(operation.source()),
                        found -> Gate.of(
                                name(), "reverse-parked", found == 0, found, "none", "Look at parked, retry or skip."))
                .ask(
                        "reverse-tracer",
                        Trips.limit(scene.limits()),
                        () -> streams.trip(
                                opposite(operation.direction()),
                                scene.limits().before().roundTrip()),
                        trip -> Trips.gate(name(), "reverse-tracer", trip, scene))
                .list();
    }

    @Override
    public void run(Scene scene) {
        var stream = scene.with().markers();
        var operation = scene.operation();
        var name = scene.markerName() + "-reverse";
        stream.markers(name, operation.target(), scene.partitions()).forEach(scene.target()::publish);
        var isThere = scene.waiting()
                .until(
                        () -> stream.missing(operation.source(), name, scene.partitions())
                                .isEmpty(),
                        LOOK,
                        scene.limits().afterwards().reverse());
        if (!isThere) {
            scene.remark(
                    "What the %s publishes has not arrived at the %s within %d ms: the handover stands, and the way back is not proven. Look at the relay and at the consumers there."
                            .formatted(
                                    Fences.word(operation.target()),
                                    Fences.word(operation.source()),
                                    scene.limits().afterwards().reverse().toMillis()));
        }
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.FORWARD ? Direction.BACK : Direction.FORWARD;
    }
}
