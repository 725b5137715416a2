package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.RefusedWrites;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The gates about what has become of the feature so far. No step needs them: they keep an operator from handing over what somebody should
 * look at first. The way back is asked for less, since it is taken when there is trouble.
 */
final class AskingPrecedents {

    private static final StepName STEP = StepName.CHECK_BEFORE;

    /**
     * Writes that a handover has met under way are refused by the side that gave up, and say nothing about it. A façade that is cut off
     * refuses them itself after 3 s.
     */
    private static final Duration STRAGGLERS = Duration.ofSeconds(5);

    private final Scene scene;
    private final Gates gates = new Gates(STEP);

    private AskingPrecedents(Scene scene) {
        this.scene = scene;
    }

    static List<Gate> gates(Scene scene) {
        var asking = new AskingPrecedents(scene);
        asking.backfill();
        for (var side : Side.values()) {
            asking.scripts(side);
        }
        asking.lastWord();
        asking.refusals();
        if (scene.operation().direction() == Direction.FORWARD) {
            asking.crossingKeys();
            asking.shadow();
            asking.rehearsal();
        }
        return asking.gates.list();
    }

    private Precedents precedents() {
        return scene.with().precedents();
    }

    private Instant now() {
        return scene.clock().instant();
    }

    private void backfill() {
        var limit = "none is open";
        gates.ask(
                "backfill",
                limit,
                () -> precedents().backfill(),
                found -> Gate.of(
                        STEP,
                        "backfill",
                        found.stream().noneMatch(newest -> newest.state().isOpen()),
                        found.map(AskingPrecedents::said).orElse("none"),
                        limit,
                        "Wait until it is done; backfill shows how far it is."));
    }

    private static String said(Backfill backfill) {
        return String.format(
                Locale.ROOT,
                "%s, %,d of %,d rows said",
                backfill.state().name().toLowerCase(Locale.ROOT),
                backfill.appended(),
                backfill.total());
    }

    private void scripts(Side side) {
        var name = "scripts-of-" + Fences.word(side);
        var limit = "none failed, none waits";
        gates.ask(
                name,
                limit,
                () -> precedents().unsettledScripts(side),
                found -> Gate.of(
                                STEP,
                                name,
                                found.isEmpty(),
                                found.isEmpty() ? "none did" : String.join("; ", found),
                                limit,
                                "Bring that database's schema to the end of its scripts: start the side's newest release, or put the failed script right.")
                        .strict());
    }

    private void lastWord() {
        var limit = "the last former owner's relay is past its fence";
        gates.ask(
                "last-word",
                limit,
                () -> precedents().withoutLastWord(),
                open -> Gate.of(
                        STEP,
                        "last-word",
                        open.isEmpty(),
                        open.isEmpty()
                                ? "it is"
                                : open.stream()
                                        .map(operation -> "not that of the %s since %s"
                                                .formatted(Fences.word(operation.source()), operation.id()))
                                        .collect(Collectors.joining("; ")),
                        limit,
                        "Wait until it has confirmed, once per offset.flush.interval.ms of Connect (a minute unless set; 1000 is enough); start it if it does not run."));
    }

    private void refusals() {
        var target = Fences.word(scene.operation().target());
        var quiet = scene.limits().before().precedents().quiet();
        var limit = "none at the %s within %d min".formatted(target, quiet.toMinutes());
        gates.ask("refused-writes", limit, this::refusedLately, found -> {
            var last = found.last();
            return Gate.of(
                    STEP,
                    "refused-writes",
                    last == null,
                    last == null
                            ? "none"
                            : "the last %s ago by role %s, application '%s': %s"
                                    .formatted(
                                            ago(Duration.between(last.at(), now())),
                                            last.role(),
                                            last.application(),
                                            last.query()),
                    limit,
                    "Somebody writes to the %s past the façade: find and end it, or waive this.".formatted(target));
        });
    }

    /** The last refusal only if it counts: neither too old, nor of a write that the last handover met under way. */
    private RefusedWrites refusedLately() {
        var refused = scene.target().refusals();
        var last = refused.last();
        if (last == null) {
            return refused;
        }
        var isOld = last.at()
                .isBefore(now().minus(scene.limits().before().precedents().quiet()));
        var isStraggler = precedents()
                .lastHandover()
                .filter(ended -> last.at().isBefore(ended.plus(STRAGGLERS)))
                .isPresent();
        return isOld || isStraggler ? new RefusedWrites(refused.count(), null) : refused;
    }

    private void crossingKeys() {
        var limit = "no foreign key ties it to another feature";
        gates.ask(
                "crossing-keys",
                limit,
                () -> precedents().crossingKeys(),
                found -> Gate.of(
                                STEP,
                                "crossing-keys",
                                found.isEmpty(),
                                found.isEmpty() ? "none" : String.join("; ", found),
                                limit,
                                "Run prepare: it shows the script that removes them, --remove-keys runs it.")
                        .strict());
    }

    private void shadow() {
        var limit = "no compared read differed";
        gates.ask(
                "shadow",
                limit,
                () -> precedents().shadowed(),
                report -> Gate.of(
                        STEP,
                        "shadow",
                        report.total().differed() == 0,
                        said(report),
                        limit,
                        "Look at shadow, make the service answer alike, and shadow anew: then it is counted anew."));
    }

    private static String said(Shadows.Report report) {
        var total = report.total();
        if (report.endpoints().isEmpty()) {
            return "not shadowed";
        }
        var where = report.endpoints().stream()
                .filter(endpoint -> endpoint.tally().differed() > 0)
                .map(endpoint -> "%s in %s"
                        .formatted(
                                endpoint.name(),
                                String.join(", ", endpoint.fields().keySet())))
                .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "%,d of %,d differed%s",
                total.differed(),
                total.compared(),
                where.isEmpty() ? "" : ": " + where);
    }

    private void rehearsal() {
        var policy = scene.limits().before().precedents();
        var limit = "a clean one of this map within %d d"
                .formatted(policy.rehearsal().toDays());
        gates.ask("rehearsal", limit, () -> precedents().rehearsal(), found -> {
            var gate = Gate.of(STEP, "rehearsal", isGood(found), said(found), limit, "Run rehearse.");
            return policy.isRehearsalRequired() ? gate : gate.advised();
        });
    }

    private boolean isGood(Optional<Rehearsal> found) {
        return found.filter(rehearsal -> rehearsal.isClean()
                        && isOfThisMap(rehearsal)
                        && rehearsal
                                        .age(now())
                                        .compareTo(scene.limits()
                                                .before()
                                                .precedents()
                                                .rehearsal())
                                <= 0)
                .isPresent();
    }

    private boolean isOfThisMap(Rehearsal rehearsal) {
        return rehearsal.map().equals(scene.with().feature().digest());
    }

    private String said(Optional<Rehearsal> found) {
        return found.map(rehearsal -> "%s%s, %s ago, %d handovers, %d with a part killed"
                        .formatted(
                                rehearsal.isClean()
                                        ? "clean"
                                        : "not clean, %d violations".formatted(rehearsal.violations()),
                                isOfThisMap(rehearsal) ? "" : ", of another map",
                                ago(rehearsal.age(now())),
                                rehearsal.handovers(),
                                rehearsal.faults()))
                .orElse("none");
    }

    private static String ago(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }
}
