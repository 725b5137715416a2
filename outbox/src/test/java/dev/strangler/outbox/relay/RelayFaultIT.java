package dev.strangler.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.strangler.outbox.relay.RelayFinding.Kind;
import dev.strangler.outbox.relay.RelayState.Condition;
import dev.strangler.sandbox.BreaksInfrastructure;
import dev.strangler.sandbox.Infrastructure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@BreaksInfrastructure
class RelayFaultIT {

    private static final int EVENTS = 3_000;

    @Test
    void a_killed_connect_loses_nothing(Infrastructure infrastructure) {
        try (var relay = Relay.running(infrastructure, "killed")) {
            var writer = new Thread(() -> IntStream.rangeClosed(1, EVENTS)
                    .forEach(version -> relay.publisher.publish("k-" + version % 10, version)));
            writer.start();
            try (var reader = relay.reader()) {
                reader.awaitIds(EVENTS / 4);
                relay.infrastructure.connectWorker().kill();
                relay.infrastructure.connectWorker().start();
                reader.awaitIds(EVENTS, Duration.ofSeconds(90));
                assertThat(reader.ids()).hasSize(EVENTS);
            }
        }
    }

    @Test
    void a_dropped_slot_is_refused_and_the_way_out_brings_everything(Infrastructure infrastructure) {
        try (var relay = Relay.running(infrastructure, "dropped")) {
            var check = check(relay);
            relay.publisher.publish("before", 1);
            try (var reader = relay.reader()) {
                reader.awaitIds(1);
                await().untilAsserted(() -> assertThat(check.lookThoroughly()).isEmpty());
                dropSlot(relay);
                IntStream.rangeClosed(1, 5).forEach(v -> relay.publisher.publish("lost", v));

                awaitFinding(check, Kind.SLOT_GONE, Kind.EVENTS_SKIPPED);
                assertThatThrownBy(relay::ensure)
                        .isInstanceOf(RelayRefused.class)
                        .hasMessageContaining("is gone, but it was there before")
                        .hasMessageContaining("RelayRecovery");

                assertThat(recovery(relay).recover()).isGreaterThanOrEqualTo(5);
                reader.awaitIds(6);
                relay.publisher.publish("after", 1);
                reader.awaitIds(7);
                assertThat(reader.ids()).containsKeys("monolith-Asset-lost-v5", "monolith-Asset-after-v1");
            }
            await().untilAsserted(() -> assertThat(check.lookThoroughly()).isEmpty());
        }
    }

    @Test
    void a_slot_dropped_and_made_anew_is_seen_though_it_looks_well(Infrastructure infrastructure) {
        try (var relay = Relay.running(infrastructure, "anew")) {
            var check = check(relay);
            relay.publisher.publish("before", 1);
            try (var reader = relay.reader()) {
                reader.awaitIds(1);
                await().untilAsserted(() -> assertThat(check.lookThoroughly()).isEmpty());
                relay.connect.stop(relay.connector.name());
                relay.connect.awaitState(relay.connector.name(), "STOPPED", Duration.ofSeconds(30));
                relay.connect.forgetOffset(relay.connector.name());
                dropSlot(relay);
                relay.publisher.publish("skipped", 1);
                relay.database().makeSlot();
                relay.connect.resume(relay.connector.name());
                relay.publisher.publish("later", 1);
                reader.awaitIds(2);

                assertThat(check.look()).singleElement().satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.EVENTS_SKIPPED);
                    assertThat(finding.message()).contains("Asset skipped v1");
                });
                recovery(relay).recover();
                reader.awaitIds(3);
                assertThat(reader.ids()).containsKey("monolith-Asset-skipped-v1");
                await().untilAsserted(() -> assertThat(check.lookThoroughly()).isEmpty());
            }
        }
    }

    @Test
    void the_watch_does_not_restart_a_task_whose_slot_is_gone(Infrastructure infrastructure) {
        try (var relay = Relay.running(infrastructure, "watched")) {
            List<RelayState> told = new ArrayList<>();
            var watch = new RelayWatch(
                    relay.connect,
                    List.of(relay.connector),
                    connector -> relay.database().slot(),
                    (before, now) -> told.add(now),
                    RestartPace.STANDARD,
                    Clock.systemUTC());
            assertThat(watch.look()).extracting(RelayState::condition).containsExactly(Condition.RUNNING);

            relay.publisher.publish("before", 1);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(relay.connect.offset(relay.connector.name()))
                            .isPresent());
            dropSlot(relay);
            // The connector makes the slot anew by itself, then stops, because its offset lies before it.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(watch.look()).extracting(RelayState::condition).containsExactly(Condition.BLOCKED);
                assertThat(relay.connect.status(relay.connector.name())).get().matches(ConnectorStatus::isFailed);
            });
            assertThat(watch.look())
                    .extracting(RelayState::condition, RelayState::restarts)
                    .containsExactly(tuple(Condition.BLOCKED, 0));
            assertThat(told.get(told.size() - 1).detail()).contains("RelayRecovery");
        }
    }

    private static RelayCheck check(Relay relay) {
        var tails = new KafkaTails(
                Map.of("bootstrap.servers", relay.infrastructure.bootstrapServers()), Duration.ofSeconds(20));
        return new RelayCheck(relay.publisher.dataSource(), relay.connector.slot(), tails);
    }

    private static RelayRecovery recovery(Relay relay) {
        return new RelayRecovery(relay.connect, relay.connector, relay.publisher.dataSource());
    }

    private static void awaitFinding(RelayCheck check, Kind... kinds) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(check.look()).extracting(RelayFinding::kind).containsAnyOf(kinds));
    }

    /** A slot in use cannot be dropped; whoever wants to, ends the reader first. */
    private static void dropSlot(Relay relay) {
        var jdbc = new JdbcTemplate(relay.infrastructure.postgresServer().administrator());
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            jdbc.queryForList(
                    "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = ? and active",
                    relay.connector.slot());
            jdbc.queryForList("select pg_drop_replication_slot(?)", relay.connector.slot());
            return Optional.ofNullable(jdbc.queryForObject(
                            "select count(*) from pg_replication_slots where slot_name = ?",
                            Long.class,
                            relay.connector.slot()))
                    .filter(count -> count == 0)
                    .isPresent();
        });
    }
}
