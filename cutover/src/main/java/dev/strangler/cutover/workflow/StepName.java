package dev.strangler.cutover.workflow;

import java.util.Locale;

/** The steps in the order in which they are taken, first those of the handover, then those that take it back. */
public enum StepName {
    /** What was written since the last proof is compared on both sides, until nothing differs but what is on its way. */
    CHECK_BEFORE(Region.BEFORE_FENCE),
    /** Answers to commands with an Idempotency-Key are copied to the side that will be asked for them. */
    CARRY_BEFORE(Region.BEFORE_FENCE),
    /** Connections are opened and the instances of the façade look every few milliseconds: what is done now costs no gap. */
    ARM(Region.BEFORE_FENCE),
    /** The façade keeps writes waiting, unread. Reads go on. */
    HOLD(Region.BEFORE_FENCE),
    /** The owner's database refuses writes from here on: the gap begins. Markers follow the last write. */
    FENCE(Region.GAP),
    /** The answers given since {@link #CARRY_BEFORE} follow. */
    CARRY(Region.GAP),
    /** The other side has applied everything: each of its partitions holds the marker. */
    DRAIN(Region.GAP),
    /** What was written since {@link #CHECK_BEFORE} is the same on both sides. */
    CHECK(Region.GAP),
    /** The other side's id generators are past every id given out so far. */
    RAISE_IDS(Region.GAP),
    /** The other side's fence opens. The point of no return: before it everything is taken back, after it only forward. */
    OPEN(Region.GAP),
    /** The façade sends writes there, those that waited first: the gap ends. */
    RELEASE(Region.AFTER_POINT),
    /** The former owner's database is told who owns now, so that it can say so to whoever still asks it. */
    SETTLE(Region.AFTER_POINT),
    /** What the new owner publishes arrives at the former one: the way back is open. */
    REVERSE(Region.AFTER_POINT),

    /** The other side can't be opened under this operation's epoch any more. */
    BURN(Region.TAKING_BACK),
    /** The owner's fence opens again, under a later epoch. */
    REOPEN(Region.TAKING_BACK),
    /** The façade sends writes to the owner again, those that waited first. */
    GIVE_BACK(Region.TAKING_BACK);

    private final Region region;

    StepName(Region region) {
        this.region = region;
    }

    /** Where a step lies, which decides what a failure of it means. */
    public enum Region {
        /** Nothing has changed for anybody but those whose writes wait. */
        BEFORE_FENCE,
        /** Nobody may write. A failure takes everything back. */
        GAP,
        /** The new owner writes. A failure leaves something to do, and nothing to take back. */
        AFTER_POINT,
        /** Part of taking back. A failure leaves both sides closed until it is tried again. */
        TAKING_BACK
    }

    /** Where this step lies. */
    public Region region() {
        return region;
    }

    /** The step's name as operators read it: lower case, hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
