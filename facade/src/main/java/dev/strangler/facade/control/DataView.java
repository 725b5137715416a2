package dev.strangler.facade.control;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Discrepancy;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Remedy;
import dev.strangler.cutover.Tracing;
import dev.strangler.cutover.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a feature's data, as the control API shows it.
 *
 * @param backfill the newest; missing when nobody asked for one
 * @param proof the newest; missing when there is none
 * @param tracings what is known of each direction
 */
public record DataView(
        @Nullable BackfillView backfill, @Nullable ProofView proof, List<TracingView> tracings) {

    /**
     * A backfill.
     *
     * @param state {@code RUNNING}, {@code SETTLING}, {@code DONE} or {@code FAILED}
     * @param owner the side that says its rows
     * @param rate rows per second
     * @param secondsLeft missing when that can't be said
     * @param waiting why it holds back now
     * @param trouble why it failed
     */
    public record BackfillView(
            long number,
            String state,
            String owner,
            String who,
            long appended,
            long total,
            double rate,
            @Nullable Long secondsLeft,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String waiting,
            @Nullable String trouble) {

        static BackfillView of(Backfill backfill) {
            var left = backfill.timeLeft();
            return new BackfillView(
                    backfill.number(),
                    backfill.state().name(),
                    lower(backfill.owner()),
                    backfill.who(),
                    backfill.appended(),
                    backfill.total(),
                    backfill.rate(),
                    left == null ? null : left.toSeconds(),
                    backfill.startedAt(),
                    backfill.finishedAt(),
                    backfill.waiting(),
                    backfill.trouble());
        }
    }

    /**
     * A proof.
     *
     * @param verdict {@code EQUAL}, {@code DIFFERENT} or {@code UNSETTLED}
     * @param owner the side that wrote at that time
     * @param since position in the owner's log that covers what the proof may have missed
     * @param ageSeconds since its first row was read
     * @param stale why it says nothing about now; missing when it does
     */
    public record ProofView(
            String verdict,
            String owner,
            long rows,
            long discrepancies,
            long inFlight,
            String since,
            Instant startedAt,
            Instant finishedAt,
            long ageSeconds,
            @Nullable String stale) {

        static ProofView of(Proof proof, Instant now, @Nullable String stale) {
            return new ProofView(
                    proof.verdict().name(),
                    lower(proof.owner()),
                    proof.rows(),
                    proof.discrepancies(),
                    proof.inFlight(),
                    proof.since().toString(),
                    proof.startedAt(),
                    proof.finishedAt(),
                    proof.age(now).toSeconds(),
                    stale);
        }
    }

    /**
     * What is known of one direction.
     *
     * @param direction {@code forward} or {@code back}
     * @param roundTripMillis of the newest marker that crossed; missing before the first
     * @param ageSeconds since that was sent
     * @param trouble why the one after it has not arrived
     */
    public record TracingView(
            String direction,
            @Nullable Long roundTripMillis,
            @Nullable Long ageSeconds,
            @Nullable String trouble) {

        static TracingView of(Tracing tracing, Instant now) {
            var roundTrip = tracing.roundTrip();
            var age = tracing.age(now);
            return new TracingView(
                    lower(tracing.direction()),
                    roundTrip == null ? null : roundTrip.toMillis(),
                    age == null ? null : Math.max(0, age.toSeconds()),
                    tracing.trouble());
        }
    }

    /**
     * A comparison with what it found.
     *
     * @param state {@code RUNNING}, {@code DONE} or {@code FAILED}
     * @param compared rows so far
     * @param repaired rows that were said again, to put them right
     * @param trouble why it failed, or what kept rows from being settled or put right; with the way out
     * @param proof once it is done
     * @param discrepancies the first ones, by key; with what would put each right
     */
    public record VerificationView(
            long number,
            String state,
            String owner,
            String who,
            Instant startedAt,
            long compared,
            long total,
            long repaired,
            @Nullable String trouble,
            @Nullable ProofView proof,
            List<DiscrepancyView> discrepancies) {

        static VerificationView of(
                Verification verification, @Nullable ProofView proof, List<DiscrepancyView> discrepancies) {
            return new VerificationView(
                    verification.number(),
                    verification.state().name(),
                    lower(verification.owner()),
                    verification.who(),
                    verification.startedAt(),
                    verification.compared(),
                    verification.total(),
                    verification.repaired(),
                    verification.trouble(),
                    proof,
                    discrepancies);
        }
    }

    /**
     * A row that differs.
     *
     * @param kind {@code MISSING}, {@code EXTRA}, {@code BEHIND}, {@code AHEAD} or {@code DIFFERENT}
     * @param repair what verifying with repair does about it: {@code snapshot} says the owner's row again, {@code last-word} the owner's last
     *     event of it, {@code rebuild} builds the copy anew from the log, {@code none} leaves it alone; missing when that can't be told now
     * @param why why so, with the way out where it is left alone
     */
    public record DiscrepancyView(
            String key,
            String kind,
            @Nullable Long ownerVersion,
            @Nullable Long copyVersion,
            List<Discrepancy.Field> fields,
            @Nullable String repair,
            String why) {

        static DiscrepancyView of(Remedy remedy) {
            return of(remedy.discrepancy(), lower(remedy.means()).replace('_', '-'), remedy.words());
        }

        /** @param unknown why it can't be told what would put it right */
        static DiscrepancyView of(Discrepancy discrepancy, String unknown) {
            return of(discrepancy, null, unknown);
        }

        private static DiscrepancyView of(Discrepancy discrepancy, @Nullable String repair, String why) {
            return new DiscrepancyView(
                    discrepancy.key(),
                    discrepancy.kind().name(),
                    discrepancy.ownerVersion(),
                    discrepancy.copyVersion(),
                    discrepancy.fields(),
                    repair,
                    why);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
