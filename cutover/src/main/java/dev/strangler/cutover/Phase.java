package dev.strangler.cutover;

/**
 * How far a feature has come on its way out of the monolith. Reads, backfill and proof have records of their own: this is about who
 * may write.
 */
public enum Phase {
    /** The monolith writes; nothing has been examined. */
    MONOLITH,
    /** The monolith writes; both sides' fences were found sound, and no key ties the feature to another. */
    PREPARED,
    /** The writes are on their way to the service. Reads go on; nobody writes for some milliseconds of it. */
    CUTTING_FORWARD,
    /** The service writes, the monolith applies what it publishes: going back is possible at any time. */
    SERVICE_OWNED,
    /** The writes are on their way back to the monolith. */
    CUTTING_BACK,
    /** The service writes for good: the monolith's fence never opens again. */
    SEALED,
    /** The monolith's tables of the feature are gone. */
    RETIRED;

    /** Whether the writes are being handed over right now. */
    public boolean isMoving() {
        return this == CUTTING_FORWARD || this == CUTTING_BACK;
    }

    /** Whether no way leads back to the monolith. */
    public boolean isFinal() {
        return this == SEALED || this == RETIRED;
    }

    /** Where a feature is while it moves that way. */
    public static Phase moving(Direction direction) {
        return direction == Direction.FORWARD ? CUTTING_FORWARD : CUTTING_BACK;
    }

    /** Where a feature is when that side writes, and nothing is on its way. */
    public static Phase ownedBy(Side side) {
        return side == Side.MONOLITH ? PREPARED : SERVICE_OWNED;
    }
}
