package dev.strangler.cutover.history;

/**
 * A client added one element to one aggregate. Elements are unique over the whole history, so that each can be found again.
 *
 * @param number grows in the order in which this client began its operations
 * @param client who; one client has one operation under way at a time
 * @param aggregate the id of the aggregate
 * @param element what was added
 * @param outcome what the client was told
 * @param version the version that the answer gave; 0 where it gave none
 * @param answeredBy the side that answered; empty where none did
 */
public record Write(
        long number,
        String client,
        String aggregate,
        String element,
        Outcome outcome,
        long version,
        String answeredBy) {

    /** What a client knows about its write. */
    public enum Outcome {
        /** It is done, and has to stay. */
        ACKNOWLEDGED,
        /** Nothing has happened: the write was refused, and must never appear. */
        REFUSED,
        /** The answer was lost; it may have happened once, or not at all. */
        UNKNOWN
    }
}
