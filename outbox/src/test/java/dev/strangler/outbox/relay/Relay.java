package dev.strangler.outbox.relay;

import dev.strangler.outbox.Publisher;
import dev.strangler.sandbox.Infrastructure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A publisher whose outbox is relayed by a real connector. */
final class Relay implements AutoCloseable {

    static final RelayPace PACE = new RelayPace(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofSeconds(1));

    final Infrastructure infrastructure;
    final String topic;
    final Publisher publisher;
    final RelayConnector connector;
    final ConnectClient connect;
    final RelayTopics topics;

    private Relay(Infrastructure infrastructure, String suffix) {
        this.infrastructure = infrastructure;
        var database = infrastructure.database(suffix);
        topic = infrastructure.topic(suffix);
        publisher = new Publisher(database, Map.of("Asset", topic));
        connector = RelayConnector.of(database.jdbcUrl(), database.name() + "_relay", "relay's \"secret\"")
                .at(PACE);
        connect = new ConnectClient(infrastructure.connect());
        topics = new RelayTopics(infrastructure.bootstrapServers());
    }

    /** With a connector that runs. */
    static Relay running(Infrastructure infrastructure, String suffix) {
        var relay = new Relay(infrastructure, suffix);
        relay.database().role(infrastructure.postgresServer().administrator());
        relay.ensure();
        relay.connect.awaitRunning(relay.connector.name(), Duration.ofSeconds(60));
        return relay;
    }

    boolean ensure() {
        return new RelaySetup(connect, topics)
                .ensure(connector, publisher.dataSource(), Set.of(topic), TopicSettings.standard());
    }

    RelayDatabase database() {
        return new RelayDatabase(connector, publisher.dataSource());
    }

    SlotState slot() {
        return database().slot().orElseThrow();
    }

    TopicReader reader() {
        return new TopicReader(infrastructure.bootstrapServers(), topic);
    }

    @Override
    public void close() {
        connect.delete(connector.name());
        publisher.close();
    }
}
