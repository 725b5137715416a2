package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.OperationId;
import dev.strangler.inbox.Inbox;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.InboxSettings;
import dev.strangler.inbox.InboxTracing;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.outbox.relay.ConnectClient;
import dev.strangler.outbox.relay.RelayConnector;
import dev.strangler.outbox.relay.RelayDatabase;
import dev.strangler.outbox.relay.RelaySetup;
import dev.strangler.outbox.relay.RelayTopics;
import dev.strangler.outbox.relay.TopicSettings;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The whole way: what a writer committed before the close is applied at the other side before the markers are seen there. */
@WithInfrastructure
class DrainingIT {

    private static final String CONSUMER = "service";

    @Test
    void when_all_markers_are_seen_everything_that_was_let_in_is_applied(Infrastructure infrastructure)
            throws Exception {
        var database = infrastructure.database("owner");
        var other = infrastructure.database("other").dataSource();
        SideSchema.migrate(other);
        var copies = new JdbcTemplate(other);
        copies.execute("create table copy (id text not null, epoch bigint not null)");
        var feature = FencedFeature.open(database);
        var topic = infrastructure.topic("things");
        relay(infrastructure, database, topic);
        int partitions = TopicSettings.standard().partitions();
        try (var inbox = inbox(infrastructure, topic, other, copies);
                var writers = new FencedWriters(feature, Connection.TRANSACTION_READ_COMMITTED, 4, topic)) {
            inbox.start();
            for (long epoch = 0; epoch < 5; epoch++) {
                writers.awaitCommits(100);
                var operation = new OperationId("drain-" + epoch);
                var markers = Marker.forEachPartition(topic, partitions, operation.value(), "owner");
                feature.fence.close(new Epoch(epoch), operation, markers, FencedFeature.PATIENCE);
                awaitMarkers(copies, operation, partitions);
                assertThat(count(copies)).isEqualTo(feature.events());
                feature.open(epoch + 1);
            }
        }
        assertThat(copies.queryForList("select distinct epoch from copy where epoch < 5 order by 1", Long.class))
                .as("behind the last handover the writers go on")
                .containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    private static void awaitMarkers(JdbcTemplate copies, OperationId operation, int partitions) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> copies.queryForObject(
                                "select count(*) from strangler.inbox_marker where consumer = ? and marker = ?",
                                Integer.class,
                                CONSUMER,
                                operation.value())
                        == partitions);
    }

    private static long count(JdbcTemplate copies) {
        return copies.queryForObject("select count(*) from copy", Long.class);
    }

    private static void relay(Infrastructure infrastructure, Database database, String topic) {
        var source = database.dataSource();
        var connector = RelayConnector.of(database.jdbcUrl(), database.name() + "_relay", "relay");
        new RelayDatabase(connector, source)
                .role(infrastructure.postgresServer().administrator());
        var connect = new ConnectClient(infrastructure.connect());
        new RelaySetup(connect, new RelayTopics(infrastructure.bootstrapServers()))
                .ensure(connector, source, Set.of(topic), TopicSettings.standard());
        connect.awaitRunning(connector.name(), Duration.ofSeconds(60));
    }

    private static Inbox inbox(Infrastructure infrastructure, String topic, DataSource other, JdbcTemplate copies) {
        var handler = new InboxHandler() {
            @Override
            public String consumer() {
                return CONSUMER;
            }

            @Override
            public Set<String> topics() {
                return Set.of(topic);
            }

            @Override
            public void apply(List<ReceivedEvent> events) {
                events.forEach(
                        event -> copies.update("insert into copy values (?, ?)", event.aggregateId(), event.epoch()));
            }
        };
        return new Inbox(
                handler,
                InboxSettings.of(infrastructure.bootstrapServers()),
                other,
                new JdbcTransactionManager(other),
                InboxListener.NONE,
                InboxTracing.NONE);
    }
}
