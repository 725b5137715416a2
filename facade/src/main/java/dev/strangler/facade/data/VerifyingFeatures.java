package dev.strangler.facade.data;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Remedy;
import dev.strangler.cutover.Repairing;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.Verification;
import dev.strangler.facade.sides.Reading;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the comparisons that operators ask for. One that dies with its instance must be asked for again. */
public final class VerifyingFeatures implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(VerifyingFeatures.class);

    private final Routes routes;
    private final Phases phases;
    private final Proofs proofs;
    private final Parity parity;
    private final Repairing repairing;
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> daemon(task, "verify"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "verify-progress"));

    VerifyingFeatures(Routes routes, Phases phases, Proofs proofs, Parity parity, Repairing repairing) {
        this.routes = routes;
        this.phases = phases;
        this.proofs = proofs;
        this.parity = parity;
        this.repairing = repairing;
    }

    /** How far a comparison is; written down by another thread, so that a slow control database does not slow it. */
    private static final class Progress implements Parity.Watch {

        private volatile long done;
        private volatile long total;

        @Override
        public void compared(long nowDone, long nowTotal) {
            done = nowDone;
            total = nowTotal;
        }
    }

    /**
     * Begins to compare both sides of the feature; answers the comparison that is running, if there is one.
     *
     * @param repairs whether rows that differ are put right as {@link Remedy} says, and everything compared once more
     * @throws CopyGivenUp when the feature is sealed or retired; nothing is begun then
     */
    public Verification begin(Feature feature, String who, boolean repairs) {
        CopyGivenUp.unless(feature.name(), phases.of(feature.name()), "compared");
        var owner = routes.of(feature.name()).writes();
        var begun = proofs.begin(feature.name(), owner, who);
        if (begun.isNew()) {
            log.info("{} asked for the comparison of {}", who, feature.name());
            workers.execute(() -> verify(feature, owner, begun.verification().number(), repairs));
        }
        return begun.verification();
    }

    private void verify(Feature feature, Side owner, long number, boolean repairs) {
        var progress = new Progress();
        var telling = timer.scheduleWithFixedDelay(() -> tell(number, progress), 500, 500, TimeUnit.MILLISECONDS);
        try {
            var result = parity.prove(feature, owner, progress);
            if (repairs && result.proof().verdict() == Proof.Verdict.DIFFERENT) {
                var repaired = repairing.repair(feature, owner, result.discrepancies());
                proofs.repaired(number, repaired.said());
                result = parity.prove(feature, owner, progress).troubledBy(repaired.troubles());
            }
            proofs.finish(number, result);
        } catch (RuntimeException failed) {
            log.warn("The comparison of {} came to nothing", feature.name(), failed);
            failed(number, String.valueOf(Reading.unknown(failed).unknown()));
        } finally {
            telling.cancel(false);
        }
    }

    private void tell(long number, Progress progress) {
        try {
            proofs.progress(number, progress.done, progress.total);
        } catch (RuntimeException away) {
            log.debug("The progress of comparison {} can't be written down", number, away);
        }
    }

    private void failed(long number, String trouble) {
        try {
            proofs.fail(number, trouble);
        } catch (RuntimeException away) {
            log.debug("It can't be written down that comparison {} failed; it will be taken for dead", number, away);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
