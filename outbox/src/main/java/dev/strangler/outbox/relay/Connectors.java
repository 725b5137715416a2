package dev.strangler.outbox.relay;

import java.util.Optional;

/** What the watch needs of Connect. */
interface Connectors {

    /**
     * The state of the connector and of each task; empty when there is no such connector.
     *
     * @throws ConnectFailure when Connect does not answer
     */
    Optional<ConnectorStatus> status(String name);

    /** Restarts what has failed. */
    void restartFailed(String name);
}
