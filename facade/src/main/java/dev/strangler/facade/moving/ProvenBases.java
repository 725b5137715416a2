package dev.strangler.facade.moving;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Comparing;
import dev.strangler.cutover.workflow.Comparing.Base;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What the next comparison may build upon: the newest proof with this owner, or the last handover to it, which has compared everything
 * that was written since the proof before. So going back at once needs no new proof, and none gets older than the first one.
 */
public final class ProvenBases {

    private static final int LOOK_BACK = 20;

    private final Proofs proofs;
    private final Parity parity;
    private final Operations operations;
    private final Journal journal;
    private final Duration oldest;
    private final Clock clock;

    /** @param oldest how old a proof may be */
    public ProvenBases(
            Proofs proofs, Parity parity, Operations operations, Journal journal, Duration oldest, Clock clock) {
        this.proofs = proofs;
        this.parity = parity;
        this.operations = operations;
        this.journal = journal;
        this.oldest = oldest;
        this.clock = clock;
    }

    /** The newest for this owner; empty when there is none. */
    Optional<Base> newest(Feature feature, Side owner) {
        var proof = proofs.newest(feature.name());
        var handover = operations.of(feature.name(), LOOK_BACK).stream()
                .filter(standing -> standing.course() == Course.DONE)
                .findFirst();
        var isProofNewer = proof.isPresent()
                && proof.get().owner() == owner
                && handover.map(Standing::endedAt)
                        .map(ended -> proof.get().startedAt().isAfter(ended))
                        .orElse(true);
        return isProofNewer
                ? proof.map(known -> base(feature, owner, known))
                : handover.filter(standing -> standing.operation().target() == owner)
                        .flatMap(standing ->
                                Comparing.after(journal.of(standing.operation().id())))
                        .map(base -> holdsFor(feature, base));
    }

    /** What was compared under other state views says nothing about what these would show. */
    private Base holdsFor(Feature feature, Base base) {
        if (base.shape().isEmpty()) {
            return base.troubledBy("the handover that it rests on was made before state views were noted");
        }
        return base.shape().equals(parity.shape(feature)) ? base : base.troubledBy(Proof.OF_ANOTHER_SHAPE);
    }

    private Base base(Feature feature, Side owner, Proof proof) {
        var trouble = proof.staleness(clock.instant(), oldest, owner, parity.shape(feature))
                .orElseGet(() -> proof.verdict() == Proof.Verdict.EQUAL ? "" : found(proof));
        return new Base(proof.since(), proof.startedAt(), proof.shape(), trouble.isEmpty() ? null : trouble);
    }

    private static String found(Proof proof) {
        return "%s, %d of %d rows differ"
                .formatted(proof.verdict().name().toLowerCase(Locale.ROOT), proof.discrepancies(), proof.rows());
    }
}
