package dev.strangler.cutover.workflow;

import java.util.List;

/** Gets everybody ready: instances look often, connections are open, the markers' keys are known. */
final class Arming implements Step {

    @Override
    public StepName name() {
        return StepName.ARM;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var limit = "every instance goes by the stored route";
        return new Gates(name())
                .ask(
                        "instances",
                        limit,
                        () -> scene.with()
                                .traffic()
                                .lateInstances(scene.limits().before().roundTrip()),
                        late -> Gate.of(
                                name(),
                                "instances",
                                late.isEmpty(),
                                late.isEmpty() ? "all do" : String.join(", ", late),
                                limit,
                                "Wait, or end those instances."))
                .ask(
                        "partitions",
                        "the topic has at least 1",
                        () -> scene.with().markers().partitions(),
                        count -> Gate.of(
                                        name(),
                                        "partitions",
                                        count > 0,
                                        count,
                                        "the topic has at least 1",
                                        "Make the topic %s."
                                                .formatted(
                                                        scene.with().markers().topic()))
                                .strict())
                .list();
    }

    @Override
    public void run(Scene scene) {
        var limits = scene.limits();
        if (scene.notes().partitions().isEmpty()) {
            scene.notes().partitions(scene.with().markers().partitions());
        }
        scene.with().markers().missing(scene.operation().target(), scene.markerName(), scene.partitions());
        scene.source().state();
        scene.target().state();
        scene.notes().reader(scene.with().echoes().reader(scene.operation().source()));
        scene.notes().openedFrom(scene.with().comparing().positionOfCopy());
        var late = scene.with()
                .traffic()
                .arm(
                        scene.operation().id(),
                        limits.instances().hold(),
                        limits.instances().arm());
        if (!late.isEmpty()) {
            scene.remark("Instances %s were not seen to look often; the fence catches what they send."
                    .formatted(String.join(", ", late)));
        }
    }
}
