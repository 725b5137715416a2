package dev.strangler.cutover.history;

/** What has to hold of every history, whatever was killed meanwhile. */
public enum Invariant {
    /** What was acknowledged is in the log and on every side, and stays. */
    NOTHING_LOST,
    /** One write is one version; what was retried happened once. */
    EXACTLY_ONE_EFFECT,
    /** What was refused never appears. */
    NOTHING_OUT_OF_NOWHERE,
    /** What a client did to an aggregate one after the other came about in that order. */
    NOTHING_REORDERED,
    /** Under one epoch one side writes, epochs never fall, and versions have neither gaps nor two contents. */
    SINGLE_WRITER,
    /** A client that reads sees what it was told is done. */
    READ_YOUR_WRITES,
    /** In the end every side holds the newest version of the log. */
    SIDES_AGREE
}
