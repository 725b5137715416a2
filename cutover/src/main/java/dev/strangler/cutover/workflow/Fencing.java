package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FenceHeld;
import dev.strangler.cutover.OpenTransaction;
import dev.strangler.cutover.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shuts the owner's writers out, and has markers follow the last write. The lock is granted only when no writer is under way; while it is
 * asked for new writers queue behind it, so each attempt is short, and writes flow between two of them.
 */
final class Fencing implements Step {

    @Override
    public StepName name() {
        return StepName.FENCE;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var from = scene.operation().from();
        var wanted = "open under epoch " + from;
        var gates = new Gates(name())
                .ask(
                        "source-fence",
                        wanted,
                        () -> scene.source().state(),
                        state -> Gate.of(
                                        name(),
                                        "source-fence",
                                        Fences.isOpenAt(state, from) && state.isEnforced(),
                                        Fences.said(state),
                                        wanted,
                                        "Run doctor.")
                                .strict());
        for (var side : Side.values()) {
            auditOf(scene, side, gates);
        }
        var oldest = scene.limits().before().oldTransaction();
        var limit = "none older than %d ms".formatted(oldest.toMillis());
        return gates.ask(
                        "transactions",
                        limit,
                        () -> new Sight(
                                scene.source().blindness(), scene.source().transactionsOlderThan(oldest)),
                        sight -> Gate.of(name(), "transactions", sight.isClear(), sight.said(), limit, sight.wayOut()))
                .list();
    }

    /** Who would hold the fence up, and why that may not be all of them. */
    private record Sight(Optional<String> blindness, List<OpenTransaction> old) {

        boolean isClear() {
            return blindness.isEmpty() && old.isEmpty();
        }

        String said() {
            return blindness.map(why -> "not known: " + why).orElseGet(() -> old.isEmpty() ? "none" : Fences.said(old));
        }

        String wayOut() {
            return blindness.isPresent()
                    ? "Then plan again."
                    : "Wait for them, or end them with pg_terminate_backend(pid).";
        }
    }

    private void auditOf(Scene scene, Side side, Gates gates) {
        var gate = "fence-of-" + Fences.word(side);
        var feature = scene.with().feature();
        gates.ask(
                gate,
                "every table is fenced",
                () -> scene.with().fence(side).audit(feature.tablesOn(side)),
                problems -> Gate.of(
                                name(),
                                gate,
                                problems.isEmpty(),
                                problems.isEmpty()
                                        ? "sound"
                                        : problems.stream()
                                                .map(Object::toString)
                                                .collect(Collectors.joining("; ")),
                                "every table is fenced",
                                "Run prepare.")
                        .strict());
    }

    @Override
    public void run(Scene scene) {
        var busy = new ArrayList<String>();
        for (var attempt = 1; attempt <= scene.limits().lock().attempts(); attempt++) {
            try {
                close(scene);
                return;
            } catch (FenceHeld inUse) {
                busy.add(String.valueOf(inUse.getMessage()));
                letFlow(scene, attempt);
            }
        }
        throw new StepFailed("The fence's lock was not granted in %d attempts of %d ms. %s"
                .formatted(
                        scene.limits().lock().attempts(),
                        scene.limits().lock().patience().toMillis(),
                        busy.get(busy.size() - 1)));
    }

    private static void close(Scene scene) {
        var operation = scene.operation();
        var behind = scene.source()
                .close(
                        operation.from(),
                        operation.id(),
                        scene.markers(),
                        scene.limits().lock().patience());
        scene.notes().fencedBehind(behind);
        if (scene.notes().fencedAt().isEmpty()) {
            scene.notes().fencedAt(scene.clock().instant());
        }
    }

    /** Writers come first: the next attempt finds a quieter moment, perhaps. */
    private static void letFlow(Scene scene, int attempt) {
        var id = scene.operation().id();
        if (attempt == scene.limits().lock().attempts()) {
            scene.with().traffic().unhold(id);
        } else {
            scene.with().traffic().arm(id, scene.limits().instances().hold(), Duration.ZERO);
            scene.waiting().pause(scene.limits().lock().backOff().multipliedBy(attempt));
            Holding.hold(scene);
        }
    }
}
