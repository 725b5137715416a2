package dev.strangler.facade.moving;

import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Precedents;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code facade.handover.*} of the instance that leads handovers. How they bound each other is said by {@link Limits}, and what
 * makes no sense ends the start.
 *
 * @param recover whether this instance ends operations that another has left behind
 * @param auditEvery how often fences are looked at for holes
 * @param settle how long a handover waits for the former owner's relay to confirm that it is past the fence, up to 10 minutes; later that is
 *     seen to beside
 * @param reverse how long a handover waits for what the new owner publishes to arrive at the former one, up to 10 minutes
 * @param rehearsalRequired whether a missing rehearsal refuses a handover, or is only pointed out
 * @param instances {@code facade.handover.instances.*}: what is asked of all façades
 * @param lock {@code facade.handover.lock.*}: how the lock is asked for that the fence closes behind
 * @param gap {@code facade.handover.gap.*}: of the time in which nobody may write
 * @param before {@code facade.handover.before.*}: what a plan lets pass
 */
@ConfigurationProperties("facade.handover")
record MovingProperties(
        @DefaultValue("true") boolean recover,
        @DefaultValue("30s") Duration auditEvery,
        @DefaultValue("10s") Duration settle,
        @DefaultValue("3s") Duration reverse,
        @DefaultValue("false") boolean rehearsalRequired,
        @DefaultValue InstanceSettings instances,
        @DefaultValue LockSettings lock,
        @DefaultValue GapSettings gap,
        @DefaultValue BeforeSettings before) {

    /**
     * What is asked of all façades.
     *
     * @param arm how long all may take to begin to look often, up to 10 s
     * @param acknowledge how long all may take to keep writes waiting, up to 10 s; the fence catches what late ones send
     * @param hold how long writes wait at most if the coordinator dies, up to a minute; no shorter than the gap
     */
    record InstanceSettings(
            @DefaultValue("1s") Duration arm,
            @DefaultValue("500ms") Duration acknowledge,
            @DefaultValue("5s") Duration hold) {}

    /**
     * How the lock is asked for that the fence closes behind.
     *
     * @param patience of one attempt, up to 4 s; new writers queue behind it meanwhile
     * @param attempts to get it, up to 20; then the handover is taken back
     * @param backOff between two attempts, times their number, up to 5 s; writes flow meanwhile
     */
    record LockSettings(
            @DefaultValue("300ms") Duration patience,
            @DefaultValue("5") int attempts,
            @DefaultValue("200ms") Duration backOff) {}

    /**
     * Of the time in which nobody may write.
     *
     * @param whole from the fence to the opening, up to a minute; beyond it the handover is taken back
     * @param drain for the markers to arrive, out of the whole
     * @param look between two looks for markers
     */
    record GapSettings(
            @DefaultValue("5s") Duration whole,
            @DefaultValue("3s") Duration drain,
            @DefaultValue("2ms") Duration look) {}

    /**
     * What a plan lets pass. How old a proof may be is {@code facade.data.proof-age}.
     *
     * @param oldTransaction the oldest transaction at the owner that is tolerated
     * @param lagRecords how many records the other side may be behind
     * @param roundTrip how long a tracer may take, and the news of a changed route to all façades, up to 30 s
     * @param quiet how long the side that is to take over must not have refused a write
     * @param rehearsal how old a rehearsal may be
     */
    record BeforeSettings(
            @DefaultValue("1s") Duration oldTransaction,
            @DefaultValue("500") long lagRecords,
            @DefaultValue("3s") Duration roundTrip,
            @DefaultValue("1h") Duration quiet,
            @DefaultValue("30d") Duration rehearsal) {}

    /**
     * What they come to.
     *
     * @throws IllegalArgumentException with every setting that makes no sense
     */
    Limits limits(Duration proofAge) {
        try {
            return new Limits(
                    new Limits.Instances(instances.arm(), instances.acknowledge(), instances.hold()),
                    new Limits.Lock(lock.patience(), lock.attempts(), lock.backOff()),
                    new Limits.Gap(gap.whole(), gap.drain(), gap.look()),
                    new Limits.Afterwards(settle, reverse),
                    new Limits.Before(
                            before.oldTransaction(),
                            before.lagRecords(),
                            before.roundTrip(),
                            proofAge,
                            new Precedents.Policy(before.quiet(), before.rehearsal(), rehearsalRequired)));
        } catch (IllegalArgumentException senseless) {
            throw new IllegalArgumentException(
                    "The settings below facade.handover make no sense: %s".formatted(senseless.getMessage()),
                    senseless);
        }
    }
}
