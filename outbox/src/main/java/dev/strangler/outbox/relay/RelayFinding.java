package dev.strangler.outbox.relay;

/**
 * One thing that a check of the relay found.
 *
 * @param kind what it is
 * @param message fact, limit and way out
 */
public record RelayFinding(Kind kind, String message) {

    /** What can be wrong with a relay. */
    public enum Kind {
        /** No slot was ever made. Events are kept and appended again when it is; until then nothing is published. */
        NOT_SET_UP(false),
        /** The slot was there and is not: what was committed since is not in Kafka and would be skipped. */
        SLOT_GONE(true),
        /** The server has thrown away log that the slot needed. */
        SLOT_LOST(true),
        /** A slot of this name belongs to another decoder or another database. */
        SLOT_FOREIGN(true),
        /** The publication does not publish the outbox as the relay needs it. */
        PUBLICATION(true),
        /** The slot has passed events that Kafka does not have. */
        EVENTS_SKIPPED(true),
        /** It could not be made sure that nothing was skipped, e.g. because Kafka did not answer. */
        UNVERIFIED(false),
        /** The connector's task is not running: nothing is lost, but nothing is published either. */
        NOT_RUNNING(false);

        private final boolean fatal;

        Kind(boolean fatal) {
            this.fatal = fatal;
        }

        /** Whether events were or may have been skipped, so that going on would hide it. */
        public boolean isFatal() {
            return fatal;
        }
    }

    /** Whether events were or may have been skipped. */
    public boolean isFatal() {
        return kind.isFatal();
    }
}
