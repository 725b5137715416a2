package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Comparison;
import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.ParityRefused;
import dev.strangler.cutover.Patience;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Side;
import dev.strangler.outbox.relay.Lsn;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compares through SQL functions in both databases; rows travel only where hashes differ. */
public final class JdbcParity implements Parity {

    private final FeatureDatabases databases;
    private final Settling settling;
    private final Limits limits;
    private final Clock clock;

    /**
     * What a comparison may cost.
     *
     * @param chunk rows that share a hash
     * @param statement how long one statement should take: as many chunks are asked for at once
     * @param settle how long rows under way are looked at again
     * @param transactions how long the owner's running transactions may take to end before anything is read
     * @param differences rows that are looked at singly; beyond that they are only known to be there
     */
    public record Limits(int chunk, Duration statement, Duration settle, Duration transactions, int differences) {

        /** A statement of two seconds keeps no vacuum waiting. */
        public static final Limits STANDARD =
                new Limits(10_000, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(30), 10_000);

        /** The same with another time for rows under way. */
        public Limits settlingFor(Duration other) {
            return new Limits(chunk, statement, other, transactions, differences);
        }
    }

    public JdbcParity(FeatureDatabases databases, Crossings crossings, Limits limits, Clock clock) {
        this.databases = databases;
        this.settling = new Settling(crossings, limits.settle());
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Result prove(Feature feature, Side owner, Watch watch) {
        var sides = TwoSides.of(databases, feature, owner);
        var shape = shape(sides);
        var since = quietPosition(sides.owner());
        var startedAt = clock.instant();
        var hashing = new Hashing(sides, limits, watch);
        var suspects = hashing.suspects();
        var found = settling.settle(feature, owner, sides, suspects);
        var isAll = !hashing.hasMoreSuspects();
        var verdict = !found.discrepancies().isEmpty()
                ? Proof.Verdict.DIFFERENT
                : found.inFlight().isEmpty() && isAll ? Proof.Verdict.EQUAL : Proof.Verdict.UNSETTLED;
        var proof = new Proof(
                feature.name(),
                owner,
                verdict,
                hashing.rows(),
                found.discrepancies().size(),
                found.inFlight().size(),
                since,
                shape,
                startedAt,
                clock.instant());
        return new Result(proof, found.discrepancies(), found.inFlight(), found.trouble());
    }

    @Override
    public Comparison compare(Feature feature, Side owner, Collection<String> keys) {
        var sides = TwoSides.of(databases, feature, owner);
        var different = new ArrayList<Difference>();
        for (var batch : batches(keys)) {
            var both = sides.ask(side -> side.of(batch));
            different.addAll(Difference.between(batch, both.owner(), both.copy()));
        }
        return new Comparison(keys.size(), Difference.told(sides, different), List.of(), null);
    }

    @Override
    public Comparison settle(Feature feature, Side owner, Collection<String> keys) {
        return settling.settle(feature, owner, TwoSides.of(databases, feature, owner), new LinkedHashSet<>(keys));
    }

    @Override
    public List<String> changedSince(Feature feature, Side owner, Lsn since) {
        return new FeatureState(databases, feature, owner).changedSince(since);
    }

    @Override
    public String shape(Feature feature) {
        return shape(TwoSides.of(databases, feature, Side.MONOLITH));
    }

    /** The same whoever owns, so in an order of its own. */
    private String shape(TwoSides sides) {
        var both = sides.ask(FeatureState::shape);
        return both.owner().compareTo(both.copy()) < 0 ? both.owner() + both.copy() : both.copy() + both.owner();
    }

    /**
     * A position of the owner's log such that every change written before it is either visible to whoever reads after this returns, or was
     * rolled back. A row of the outbox has the position of its insertion, and its transaction may commit much later.
     */
    private Lsn quietPosition(FeatureState owner) {
        var moment = owner.now();
        if (!Patience.until(() -> owner.isOver(moment), limits.transactions())) {
            throw new ParityRefused(
                    "Cannot compare: a transaction of the owner has been writing for more than %d s. Let it end, or end it: %s."
                            .formatted(limits.transactions().toSeconds(), owner.stillWriting()));
        }
        return moment.lsn();
    }

    private List<Set<String>> batches(Collection<String> keys) {
        var batches = new ArrayList<Set<String>>();
        Set<String> batch = new LinkedHashSet<>();
        for (var key : keys) {
            if (batch.size() == limits.chunk()) {
                batches.add(batch);
                batch = new LinkedHashSet<>();
            }
            batch.add(key);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
