package dev.strangler.sandbox;

/** What to do with processes and data that an earlier run left in the directory of a sandbox. */
public enum Earlier {
    /** Refuse to start if anything is left, data included. */
    REFUSED,
    /** Go on with the data; refuse to start if a process still runs. */
    DATA_REUSED,
    /** Kill processes that still run, and go on with the data. */
    TAKEN_OVER,
    /** Kill processes that still run, and delete the data: everything under {@code data/} in the directory. */
    DISCARDED
}
