package dev.strangler.outbox.relay;

import static dev.strangler.outbox.Publisher.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.outbox.CurrentTrace;
import dev.strangler.outbox.EventTopics;
import dev.strangler.outbox.Origin;
import dev.strangler.outbox.OutboxEvent;
import dev.strangler.outbox.Outboxes;
import dev.strangler.outbox.Publisher;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@WithInfrastructure
class RelayIT {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static Relay relay;

    @BeforeAll
    static void start(Infrastructure infrastructure) {
        relay = Relay.running(infrastructure, "relay");
    }

    @AfterAll
    static void stop() {
        relay.close();
    }

    @Test
    void every_header_and_the_payload_arrive_as_written() {
        var payload =
                "{ \"b\": 12.50, \"a\": null, \"list\": [], \"big\": 123456789012345678901234567890, \"é\": \"\\u0000 \uD83D\uDE00\" }";
        relay.publisher.publish(new OutboxEvent("Asset", "a-1", 7, "AssetUploaded", 3, payload, Publisher.NOON));
        var record = arrived("a-1", 1).get(0);
        assertThat(record.value()).isEqualTo(payload);
        assertThat(TopicReader.headers(record))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "id", "monolith-Asset-a-1-v7",
                        "type", "AssetUploaded",
                        "aggregatetype", "Asset",
                        "origin", "monolith",
                        "epoch", "0",
                        "aggregateversion", "7",
                        "schemaversion", "3",
                        "occurredat", "2026-11-21T12:00:00.123456Z",
                        "traceparent", "null"));
    }

    @Test
    void the_trace_is_carried_through() {
        CurrentTrace trace = () -> Optional.of(TRACE);
        var outbox = Outboxes.on(
                        relay.publisher.dataSource(),
                        new Origin("monolith"),
                        new EventTopics(Map.of("Asset", relay.topic)))
                .tracing(trace)
                .open();
        relay.publisher.transactions().executeWithoutResult(status -> outbox.append(event("traced", 1, "{}")));
        assertThat(TopicReader.header(arrived("traced", 1).get(0), "traceparent"))
                .isEqualTo(TRACE);
    }

    @Test
    void a_rolled_back_transaction_publishes_nothing() {
        relay.publisher.transactions().executeWithoutResult(status -> {
            relay.publisher.outbox().append(event("rolled-back", 1, "{}"));
            status.setRollbackOnly();
        });
        relay.publisher.publish("behind-it", 1);
        arrived("behind-it", 1);
        assertThat(arrived("rolled-back", 0)).isEmpty();
    }

    @Test
    void order_per_aggregate_is_the_order_of_commits() {
        var aggregates = List.of("o-1", "o-2", "o-3");
        var writers = aggregates.stream()
                .map(id -> new Thread(() -> IntStream.rangeClosed(1, 200).forEach(v -> relay.publisher.publish(id, v))))
                .toList();
        writers.forEach(Thread::start);
        writers.forEach(RelayIT::join);
        for (var id : aggregates) {
            assertThat(arrived(id, 200))
                    .extracting(record -> Long.parseLong(TopicReader.header(record, "aggregateversion")))
                    .isSorted()
                    .hasSize(200);
        }
    }

    @Test
    void a_stray_logical_message_is_harmless() {
        relay.publisher.jdbc().execute("select pg_logical_emit_message(true, 'provenance', 'stray')");
        relay.publisher.jdbc().execute("select pg_logical_emit_message(false, 'provenance', 'stray')");
        relay.publisher.publish("stray", 1);
        arrived("stray", 1);
        assertThat(relay.connect.status(relay.connector.name())).get().matches(ConnectorStatus::isRunning);
    }

    @Test
    void setting_up_again_changes_nothing() {
        assertThat(relay.ensure()).isFalse();
        assertThat(relay.connect.status(relay.connector.name())).get().matches(ConnectorStatus::isRunning);
    }

    @Test
    void an_idle_slot_lets_go_of_the_log_of_other_tables() {
        var jdbc = relay.publisher.jdbc();
        var administrator =
                new JdbcTemplate(relay.infrastructure.postgresServer().administrator());
        jdbc.execute("create table noise (text text)");
        jdbc.execute("insert into noise select repeat(md5(i::text), 20) from generate_series(1, 40000) i");
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    // A restart position moves only past a checkpoint-like record, which a quiet server writes every 15
                    // s by itself.
                    administrator.execute("select pg_log_standby_snapshot()");
                    assertThat(relay.slot().retainedBytes()).isLessThan(1024 * 1024);
                });
        assertThat(jdbc.queryForObject("select count(*) from strangler.relay_heartbeat", Long.class))
                .isEqualTo(1);
    }

    @Test
    void the_age_of_the_oldest_unrelayed_event_falls_back_to_zero() {
        relay.publisher.publish("aged", 1);
        arrived("aged", 1);
        var outbox = new PublishedOutbox(relay.publisher.jdbc());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(outbox.oldestUnrelayed(relay.connector.slot()))
                        .isZero());
        relay.connect.stop(relay.connector.name());
        relay.connect.awaitState(relay.connector.name(), "STOPPED", Duration.ofSeconds(20));
        relay.publisher.publish("aged", 2);
        assertThat(outbox.oldestUnrelayed(relay.connector.slot())).isPositive();
        relay.connect.resume(relay.connector.name());
        relay.connect.awaitRunning(relay.connector.name(), Duration.ofSeconds(30));
        arrived("aged", 2);
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(60).toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The records of an aggregate, once there are so many. */
    private static List<ConsumerRecord<String, String>> arrived(String aggregateId, int number) {
        var byKey = new HashMap<String, List<ConsumerRecord<String, String>>>();
        try (var reader = relay.reader()) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(() -> {
                        reader.poll();
                        byKey.clear();
                        reader.records()
                                .forEach(record -> byKey.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                        .add(record));
                        assertThat(byKey.getOrDefault(aggregateId, List.of())).hasSizeGreaterThanOrEqualTo(number);
                    });
        }
        return byKey.getOrDefault(aggregateId, List.of());
    }
}
