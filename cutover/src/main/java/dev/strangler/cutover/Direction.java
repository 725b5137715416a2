package dev.strangler.cutover;

/** Which way the ownership of writes moves, or a stream of changes flows. */
public enum Direction {
    /** From the monolith to the service. */
    FORWARD,
    /** From the service to the monolith: what keeps the way back open. */
    BACK;

    /** The direction in which changes flow while that side writes. */
    public static Direction from(Side owner) {
        return owner == Side.MONOLITH ? FORWARD : BACK;
    }

    /** The side that hands over. */
    public Side from() {
        return this == FORWARD ? Side.MONOLITH : Side.SERVICE;
    }

    /** The side that takes over. */
    public Side to() {
        return from().other();
    }
}
