package dev.strangler.outbox.relay;

/**
 * How a connector fares.
 *
 * @param connector its name
 * @param condition the verdict
 * @param detail what is known in words; for {@link Condition#BLOCKED} what to do
 * @param restarts restarts since it last ran for a while
 */
public record RelayState(String connector, Condition condition, String detail, int restarts) {

    /** The verdict on a connector. */
    public enum Condition {
        /** Connector and task run. */
        RUNNING,
        /** Connect is assigning or starting the task; events wait in the database meanwhile. */
        STARTING,
        /** A task has failed and is restarted, or will be after a pause that grows with every attempt. */
        RESTARTING,
        /** Restarting would repeat the failure or skip events. A person must act; events wait in the database. */
        BLOCKED,
        /** Somebody has stopped or paused it; events wait in the database, and the log grows. */
        STOPPED,
        /** Connect does not know it. */
        MISSING,
        /** Connect does not answer; the connector may still run. */
        UNREACHABLE
    }

    /** Whether events flow. */
    public boolean isRunning() {
        return condition == Condition.RUNNING;
    }
}
