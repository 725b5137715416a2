package dev.strangler.cutover;

import dev.strangler.outbox.relay.RelayConnector;
import java.net.URI;

/**
 * A process that answers requests for features, with the database that it owns.
 *
 * @param name {@code monolith}, or the service's name in the feature map; appears in {@code X-Served-By}
 * @param url its base URL, without a path
 * @param database its own database
 */
public record Deployable(String name, URI url, OwnedDatabase database) {

    /** The connector that carries what this process publishes. */
    public RelayConnector connector() {
        var relay = database.relay();
        return RelayConnector.of(database.url(), relay.name(), relay.password()).at(database.pace());
    }
}
