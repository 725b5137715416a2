package dev.strangler.sandbox;

import java.time.Duration;

/** Hears how the start of a sandbox goes; called on the starting thread. */
public interface Starting {

    /** Nobody listens. */
    Starting UNHEARD = new Starting() {};

    /** Something of an earlier run was found, and what was chosen for it. */
    default void found(LeftOvers leftOvers, Earlier choice) {}

    /** The process runs; it does not answer yet. */
    default void launched(Part part) {}

    /** The part answers; {@code after} counts from the beginning of the whole start. */
    default void ready(Part part, Duration after) {}
}
