package dev.strangler.cutover.workflow;

import java.time.Duration;

/**
 * How long things may take, and how far things may be apart.
 *
 * @param arm for all instances to begin to look often
 * @param acknowledge for all instances to keep writes waiting; late ones are tolerated, since the fence catches them
 * @param lock for one attempt to get the fence's lock, during which new writers queue behind it
 * @param attempts to get that lock
 * @param backOff between two attempts, times their number; writes flow meanwhile
 * @param drain for the markers
 * @param gap from the fence to the opening, in all; beyond it everything is taken back
 * @param look between two looks for markers
 * @param hold how long writes wait at most if the coordinator dies
 * @param reverse for what the new owner publishes to arrive at the former one
 * @param settle for the former owner's relay to confirm that it is past the fence
 * @param oldTransaction the oldest transaction that is tolerated before the start
 * @param lagRecords how many records the target may be behind before the start
 * @param proofAge how old a proof of parity may be
 * @param roundTrip how long a tracer may take, and the news of a changed route to all instances
 * @param precedents how far back one looks before the start
 */
public record Limits(
        Duration arm,
        Duration acknowledge,
        Duration lock,
        int attempts,
        Duration backOff,
        Duration drain,
        Duration gap,
        Duration look,
        Duration hold,
        Duration reverse,
        Duration settle,
        Duration oldTransaction,
        long lagRecords,
        Duration proofAge,
        Duration roundTrip,
        Precedents.Policy precedents) {

    /** What the kit uses unless told otherwise. */
    public static final Limits STANDARD = new Limits(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            5,
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofMillis(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            500,
            Duration.ofHours(24),
            Duration.ofSeconds(3),
            Precedents.Policy.STANDARD);

    /** The same, waiting so long for the former owner's relay. */
    public Limits settlingFor(Duration other) {
        return new Limits(
                arm,
                acknowledge,
                lock,
                attempts,
                backOff,
                drain,
                gap,
                look,
                hold,
                reverse,
                other,
                oldTransaction,
                lagRecords,
                proofAge,
                roundTrip,
                precedents);
    }

    /** The same with another policy. */
    public Limits with(Precedents.Policy other) {
        return new Limits(
                arm,
                acknowledge,
                lock,
                attempts,
                backOff,
                drain,
                gap,
                look,
                hold,
                reverse,
                settle,
                oldTransaction,
                lagRecords,
                proofAge,
                roundTrip,
                other);
    }
}
