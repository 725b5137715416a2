package dev.strangler.inbox;

/** What a partition is doing. */
public enum Flow {

    /** Its position is being read; nothing is applied yet. */
    STARTING,

    /** Records are applied as they come. */
    FLOWING,

    /** Something is away or failing; it is tried again by itself, nothing needs to be done unless it stays so. */
    WAITING,

    /** It will not go on until somebody acts: going on would skip records, or park more of them than allowed. */
    REFUSED
}
