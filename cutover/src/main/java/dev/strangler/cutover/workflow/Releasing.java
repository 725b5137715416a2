package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Side;
import java.util.List;

/** Sends writes to the new owner, those that waited first. */
final class Releasing implements Step {

    private static final String READS = "100 % at the service";

    @Override
    public StepName name() {
        return StepName.RELEASE;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var operation = scene.operation();
        var wanted = "writes at the %s under epoch %s".formatted(Fences.word(operation.source()), operation.from());
        return new Gates(name())
                .ask(
                        "route",
                        wanted,
                        () -> scene.with().traffic().route(),
                        route -> Gate.of(
                                        name(),
                                        "route",
                                        route.writes() == operation.source()
                                                && route.epoch().equals(operation.from()),
                                        "writes at the %s under epoch %s"
                                                .formatted(Fences.word(route.writes()), route.epoch()),
                                        wanted,
                                        "Run doctor.")
                                .strict())
                .ask(
                        "reads",
                        READS,
                        () -> scene.with().traffic().route(),
                        route -> Gate.of(
                                name(),
                                "reads",
                                operation.target() == Side.MONOLITH
                                        || route.reads().serviceShare().equals(Percentage.ALL),
                                "%d %% at the service"
                                        .formatted(route.reads().serviceShare().value()),
                                operation.target() == Side.MONOLITH ? "any" : READS,
                                "Move the reads first: reads %s --service 100.".formatted(operation.feature())))
                .list();
    }

    @Override
    public void run(Scene scene) {
        var operation = scene.operation();
        scene.with()
                .traffic()
                .release(
                        operation.id(),
                        operation.target(),
                        operation.to(),
                        operation.who(),
                        "%s %s".formatted(operation.id(), operation.why()).strip());
        if (scene.notes().releasedAt().isEmpty()) {
            scene.notes().releasedAt(scene.clock().instant());
        }
    }
}
