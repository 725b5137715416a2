package dev.strangler.cutover.workflow;

import dev.strangler.outbox.relay.Lsn;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells the side that is closed now who owns the feature, so that it can say so to whoever still asks it; then sees to it that the last
 * word on every aggregate in the topic is the new owner's.
 *
 * <p>Waiting alone would not do: a relay that begins anew repeats its tail, and passes the fence only then. Nor would saying everything
 * again in any case: readers would get all of it twice at each handover, for something that hardly ever happens. So it waits until the
 * former owner's slot is confirmed behind the fence, after which nothing can be repeated, and looks whether the same connection has read it
 * since before the fence, in which case nothing was. If not, the new owner says its newest events again: the events themselves and not
 * snapshots, as those do not tell what was deleted.
 *
 * <p>None of it costs writers anything but the rare repetition, and none of it undoes the handover: a slot that is not confirmed in time is left
 * with a remark, and {@link SettlingLater} sees to it.
 */
final class Settling implements Step {

    private static final Duration LOOK = Duration.ofMillis(50);
    /** Always the same: a compacted topic keeps one record of each key for ever. */
    private static final String NUDGE = "settling";

    @Override
    public StepName name() {
        return StepName.SETTLE;
    }

    @Override
    public void run(Scene scene) {
        var operation = scene.operation();
        scene.source().settle(operation.target(), operation.to());
        var isPast = awaitPast(scene);
        var readers = scene.notes().reader();
        if (isPast
                && readers.isPresent()
                && readers.equals(scene.with().echoes().reader(operation.source()))) {
            return;
        }
        var said = sayAgain(scene);
        said.ifPresent(scene.notes()::saidAgain);
        if (isPast && said.isPresent()) {
            return;
        }
        scene.notes().lastWordOpen();
        scene.remark(
                isPast
                        ? "Events of an earlier handover are being said again at this moment. Those of this one are said again by themselves after them; until then doctor shows it, and plan refuses the next handover."
                        : "The relay of the %s has not confirmed within %d ms that it is past the fence. Should it begin anew before it has, it repeats old events behind newer ones; once it has confirmed, those are said again by themselves. Until then doctor shows it, and plan refuses the next handover. Look at the relay."
                                .formatted(
                                        Fences.word(operation.source()),
                                        scene.limits().afterwards().settle().toMillis()));
    }

    private static boolean awaitPast(Scene scene) {
        var echoes = scene.with().echoes();
        var side = scene.operation().source();
        if (scene.notes().fencedBehind().isEmpty()) {
            scene.notes().fencedBehind(echoes.end(side));
        }
        var fence = scene.notes().fencedBehind().orElseThrow();
        if (echoes.isPast(side, fence)) {
            return true;
        }
        // A relay confirms what it has carried when it carries the next; nothing else may come for a while.
        var stream = scene.with().markers();
        scene.source().publish(stream.markers(NUDGE, side, scene.partitions()).get(0));
        return scene.waiting()
                .until(
                        () -> echoes.isPast(side, fence),
                        LOOK,
                        scene.limits().afterwards().settle());
    }

    private static OptionalLong sayAgain(Scene scene) {
        Optional<Lsn> since = scene.notes().openedFrom();
        return scene.with().echoes().sayAgain(scene.operation().target(), since.orElse(new Lsn(0)));
    }
}
