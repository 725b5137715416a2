package dev.strangler.cutover.workflow;

import java.time.Duration;

/**
 * How long the parts of a handover may take, and how far things may be apart before it. What contradicts itself can't be made:
 * {@link IllegalArgumentException} tells every mistake at once, each under the name it has here, like {@code gap.drain}.
 *
 * @param instances of the façade
 * @param lock of the fence
 * @param gap in which nobody may write
 * @param afterwards when the new owner writes already
 * @param before anything is begun
 */
public record Limits(Instances instances, Lock lock, Gap gap, Afterwards afterwards, Before before) {

    /** What the kit uses unless told otherwise. */
    public static final Limits STANDARD = new Limits(
            new Instances(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(5)),
            new Lock(Duration.ofMillis(300), 5, Duration.ofMillis(200)),
            new Gap(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofMillis(2)),
            new Afterwards(Duration.ofSeconds(10), Duration.ofSeconds(3)),
            new Before(
                    Duration.ofSeconds(1),
                    500,
                    Duration.ofSeconds(3),
                    Duration.ofHours(24),
                    Precedents.Policy.STANDARD));

    /**
     * What is asked of all instances of the façade.
     *
     * @param arm to begin to look often
     * @param acknowledge to keep writes waiting; late ones are tolerated, since the fence catches them
     * @param hold how long writes wait at most if the coordinator dies
     */
    public record Instances(Duration arm, Duration acknowledge, Duration hold) {}

    /**
     * How the lock is asked for that the fence closes behind.
     *
     * @param patience of one attempt, during which new writers queue behind it
     * @param attempts to get it
     * @param backOff between two attempts, times their number; writes flow meanwhile
     */
    public record Lock(Duration patience, int attempts, Duration backOff) {}

    /**
     * Of the time in which nobody may write.
     *
     * @param whole from the fence to the opening; beyond it everything is taken back
     * @param drain for the markers, out of the whole
     * @param look between two looks for markers
     */
    public record Gap(Duration whole, Duration drain, Duration look) {}

    /**
     * Of what follows the opening. Neither undoes the handover.
     *
     * @param settle for the former owner's relay to confirm that it is past the fence
     * @param reverse for what the new owner publishes to arrive at the former one
     */
    public record Afterwards(Duration settle, Duration reverse) {}

    /**
     * What a plan lets pass.
     *
     * @param oldTransaction the oldest transaction that is tolerated
     * @param lagRecords how many records the target may be behind
     * @param roundTrip how long a tracer may take, and the news of a changed route to all instances
     * @param proofAge how old a proof of parity may be
     * @param precedents how far back one looks
     */
    public record Before(
            Duration oldTransaction,
            long lagRecords,
            Duration roundTrip,
            Duration proofAge,
            Precedents.Policy precedents) {}

    public Limits {
        new Sense()
                .within("instances.arm", instances.arm(), Duration.ofMillis(1), Duration.ofSeconds(10))
                .within("instances.acknowledge", instances.acknowledge(), Duration.ofMillis(1), Duration.ofSeconds(10))
                .within("instances.hold", instances.hold(), Duration.ofMillis(1), Duration.ofMinutes(1))
                .within("lock.patience", lock.patience(), Duration.ofMillis(1), Duration.ofSeconds(4))
                .within("lock.attempts", lock.attempts(), 1, 20)
                .within("lock.back-off", lock.backOff(), Duration.ZERO, Duration.ofSeconds(5))
                .within("gap.whole", gap.whole(), Duration.ofMillis(1), Duration.ofMinutes(1))
                .within("gap.drain", gap.drain(), Duration.ofMillis(1), Duration.ofMinutes(1))
                .within("gap.look", gap.look(), Duration.ofNanos(1), Duration.ofSeconds(1))
                .within("afterwards.settle", afterwards.settle(), Duration.ZERO, Duration.ofMinutes(10))
                .within("afterwards.reverse", afterwards.reverse(), Duration.ofMillis(1), Duration.ofMinutes(10))
                .within("before.old-transaction", before.oldTransaction(), Duration.ZERO, Duration.ofHours(1))
                .within("before.lag-records", before.lagRecords(), 0, 1_000_000)
                .within("before.round-trip", before.roundTrip(), Duration.ofMillis(1), Duration.ofSeconds(30))
                .within("before.proof-age", before.proofAge(), Duration.ofSeconds(1), Duration.ofDays(365))
                .within("before.quiet", before.precedents().quiet(), Duration.ZERO, Duration.ofDays(365))
                .within(
                        "before.rehearsal",
                        before.precedents().rehearsal(),
                        Duration.ofSeconds(1),
                        Duration.ofDays(365))
                .notBeyond("gap.drain", gap.drain(), "gap.whole", gap.whole(), "the drain is part of the gap")
                .notBeyond("gap.look", gap.look(), "gap.drain", gap.drain(), "markers would be looked for once only")
                .notBeyond("lock.patience", lock.patience(), "gap.whole", gap.whole(), "writers queue for all of it")
                .notBeyond(
                        "gap.whole",
                        gap.whole(),
                        "instances.hold",
                        instances.hold(),
                        "writes would be let go at a fence that is still closed")
                .notBeyond(
                        "instances.acknowledge",
                        instances.acknowledge(),
                        "instances.hold",
                        instances.hold(),
                        "the first would let go before the last holds")
                .require();
    }
}
