package dev.strangler.facade.data;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Backfills;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Remedy;
import dev.strangler.cutover.Repairing;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Tracers;
import dev.strangler.cutover.Tracing;
import dev.strangler.cutover.Verification;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What is known of the data of a feature. */
public final class LookingAtData {

    private final Routes routes;
    private final Backfills backfills;
    private final Proofs proofs;
    private final Parity parity;
    private final Repairing repairing;
    private final Tracers tracers;
    private final DataProperties properties;
    private final Clock clock;

    LookingAtData(
            Routes routes,
            Backfills backfills,
            Proofs proofs,
            Parity parity,
            Repairing repairing,
            Tracers tracers,
            DataProperties properties,
            Clock clock) {
        this.routes = routes;
        this.backfills = backfills;
        this.proofs = proofs;
        this.parity = parity;
        this.repairing = repairing;
        this.tracers = tracers;
        this.properties = properties;
        this.clock = clock;
    }

    /** The newest backfill; empty when nobody asked for one. */
    public Optional<Backfill> backfill(Feature feature) {
        return backfills.newest(feature.name());
    }

    /** The newest proof; empty when there is none. */
    public Optional<Proof> proof(Feature feature) {
        return proofs.newest(feature.name());
    }

    /** Why the proof says nothing about now; empty when it does. Asks both sides for the shape of their state. */
    public Optional<String> staleness(Feature feature, Proof proof) {
        return proof.staleness(
                clock.instant(),
                properties.proofAge(),
                routes.of(feature.name()).writes(),
                parity.shape(feature));
    }

    /** What a repair would do about each discrepancy of a comparison, by key. Asks both sides. */
    public List<Remedy> remedies(Feature feature, Verification verification) {
        return repairing.plan(feature, verification.owner(), proofs.discrepancies(verification.number()));
    }

    /** What the tracers know, forward first. */
    public List<Tracing> tracings(Feature feature) {
        return tracers.of(feature.name());
    }
}
