package dev.strangler.architecture.laws;

/** Where a feature stands, as far as it decides what its monolith's code may do. */
public enum State {
    /** The monolith owns it and writes it. */
    WITH_MONOLITH,
    /** The service owns it: in the monolith only the intake of its events may write. */
    WITH_SERVICE,
    /** It has left for good: nothing in the monolith may write it any more. */
    SEALED
}
