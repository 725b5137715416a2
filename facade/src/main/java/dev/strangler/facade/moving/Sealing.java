package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Endings;
import dev.strangler.cutover.Endings.Act;
import dev.strangler.cutover.Endings.Outcome;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Fence;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Diagnosis.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the way back for good: the monolith never owns the feature again, and keeps no copy of it up. */
public final class Sealing {

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);

    /** For whoever applies an event at that moment to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Assembling assembling;
    private final Examining examining;
    private final Routes routes;
    private final Phases phases;
    private final Endings endings;

    public Sealing(Assembling assembling, Examining examining, Routes routes, Phases phases, Endings endings) {
        this.assembling = assembling;
        this.examining = examining;
        this.routes = routes;
        this.phases = phases;
        this.endings = endings;
    }

    /** A way that is closed already, or may not be closed yet; nothing was changed. */
    public static final class SealRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SealRefused(String message) {
            super(message);
        }
    }

    /**
     * What sealing does, or would do.
     *
     * @param phase the feature's phase by now
     * @param steps in words, each right that is revoked by its statement
     */
    public record Sealed(Phase phase, List<String> steps) {

        public Sealed {
            steps = List.copyOf(steps);
        }
    }

    /**
     * What {@link #seal} would do now; changes nothing.
     *
     * @throws SealRefused as sealing would
     */
    public Sealed plan(Feature feature) {
        require(feature);
        return new Sealed(phases.of(feature.name()), steps(feature, fence(feature)));
    }

    /**
     * Gives the monolith's side up, see {@link Fence#seal}. Done again it takes away what was granted since, and ends what was cut off.
     *
     * @throws SealRefused unless the service owns the feature, answers all its reads, and all is sound
     * @throws dev.strangler.cutover.FenceHeld if an event is being applied there for too long; nothing is changed then
     */
    public Sealed seal(Feature feature, String who) {
        require(feature);
        var operation = OperationId.random();
        var fence = fence(feature);
        var steps = steps(feature, fence);
        write(feature, operation, Outcome.BEGAN, who, "");
        try {
            if (!fence.seal(operation, PATIENCE)) {
                throw new SealRefused("The monolith's fence of '%s' is open. Run doctor.".formatted(feature.name()));
            }
            if (phases.of(feature.name()) == Phase.SERVICE_OWNED) {
                phases.advance(feature.name(), Phase.SERVICE_OWNED, Phase.SEALED, who);
            }
        } catch (RuntimeException failure) {
            write(feature, operation, Outcome.FAILED, who, String.valueOf(failure.getMessage()));
            throw failure;
        }
        write(feature, operation, Outcome.DONE, who, String.join(" ", steps));
        log.info("{} sealed '{}' ({}): the monolith never writes it again", who, feature.name(), operation);
        return new Sealed(phases.of(feature.name()), steps);
    }

    private void require(Feature feature) {
        var phase = phases.of(feature.name());
        if (phase == Phase.SEALED) {
            return;
        }
        var diagnosis = examining.diagnose(feature);
        if (phase != Phase.SERVICE_OWNED || diagnosis.finding() != Finding.SOUND || diagnosis.side() != Side.SERVICE) {
            throw new SealRefused("'%s' can't be sealed: it is %s, required is %s. %s"
                    .formatted(feature.name(), phase, Phase.SERVICE_OWNED, diagnosis.said()));
        }
        requireNoBackfill(feature);
        var share = routes.of(feature.name()).reads().serviceShare();
        if (!share.equals(Percentage.ALL)) {
            throw new SealRefused(
                    "'%s' can't be sealed: the service answers %d %% of its reads, required are 100 %%, since the monolith's copy stands still from then on. Move the reads first: reads %s --service 100."
                            .formatted(feature.name(), share.value(), feature.name()));
        }
    }

    private void requireNoBackfill(Feature feature) {
        assembling
                .of(feature, Direction.BACK)
                .precedents()
                .backfill()
                .filter(backfill -> backfill.state().isOpen())
                .ifPresent(backfill -> {
                    throw new SealRefused(
                            "'%s' can't be sealed: a backfill is %s, none may be open, since it would wait for ever. Wait until it is done; backfill %s shows how far it is."
                                    .formatted(
                                            feature.name(),
                                            backfill.state().name().toLowerCase(Locale.ROOT),
                                            feature.name()));
                });
    }

    private static List<String> steps(Feature feature, Fence fence) {
        var steps = new ArrayList<String>();
        steps.add(
                "Burns every epoch of the monolith's fence of '%s': it never opens again, and lets nobody through, not even its applier."
                        .formatted(feature.name()));
        steps.add("Stops whoever applies %s of %s in the monolith. All others who read that topic go on."
                .formatted(String.join(", ", feature.aggregates()), feature.topic()));
        fence.revocations().forEach(statement -> steps.add("Runs there: " + statement + ";"));
        steps.add("Leaves %s as they are then: whatever still reads them there gets no news."
                .formatted(String.join(", ", feature.tablesOn(Side.MONOLITH))));
        steps.add(
                "Can't take from the tables' owner, nor from a superuser: to grant himself those rights again, to disable the fence's triggers, to drop the tables.");
        return steps;
    }

    private Fence fence(Feature feature) {
        return assembling.of(feature, Direction.BACK).fence(Side.MONOLITH);
    }

    private void write(Feature feature, OperationId operation, Outcome outcome, String who, String detail) {
        endings.write(feature.name(), operation, Act.SEAL, outcome, who, detail, feature.tablesOn(Side.MONOLITH));
    }
}
