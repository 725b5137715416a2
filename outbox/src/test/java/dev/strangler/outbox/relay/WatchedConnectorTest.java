package dev.strangler.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.strangler.outbox.relay.ConnectorStatus.TaskStatus;
import dev.strangler.outbox.relay.RelayState.Condition;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchedConnectorTest {

    private static final RelayConnector CONNECTOR =
            RelayConnector.of("localhost", 5432, "shop", "shop_relay", "secret");

    private final Connect connect = new Connect();
    private final Ticking clock = new Ticking();
    private final List<RelayState> told = new ArrayList<>();
    private final WatchedConnector watched =
            new WatchedConnector(connect, CONNECTOR, null, (before, now) -> told.add(now), RestartPace.STANDARD, clock);

    @Test
    void a_failed_task_is_restarted_at_once_and_then_with_growing_pauses() {
        connect.failWith("java.lang.IllegalStateException: whatever");
        var restarts = new ArrayList<Long>();
        for (long second = 0; second < 200; second++) {
            int before = connect.restarts;
            watched.look();
            if (connect.restarts > before) {
                restarts.add(second);
            }
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(restarts).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
        assertThat(told).extracting(RelayState::condition).containsOnly(Condition.RESTARTING);
        assertThat(told)
                .extracting(RelayState::detail)
                .allSatisfy(detail -> assertThat(detail).contains("whatever"));
    }

    @Test
    void a_task_that_ran_for_a_while_is_restarted_at_once_again() {
        connect.failWith("java.lang.IllegalStateException: first");
        watched.look();
        connect.running();
        assertThat(watched.look().condition()).isEqualTo(Condition.RUNNING);
        clock.advance(Duration.ofMinutes(3));
        assertThat(watched.look().restarts()).isZero();
        connect.failWith("java.lang.IllegalStateException: second");
        watched.look();
        assertThat(connect.restarts).isEqualTo(2);
    }

    @Test
    void a_running_connector_with_a_failed_task_counts_as_failed() {
        connect.failWith("java.lang.IllegalStateException: whatever");
        assertThat(connect.status(CONNECTOR.name()).orElseThrow().state()).isEqualTo("RUNNING");
        assertThat(watched.look().isRunning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.debezium.DebeziumException: The connector is trying to read change stream starting at X, but this is no longer available on the server. Reconfigure the connector to use a snapshot mode when needed.",
                "org.postgresql.util.PSQLException: ERROR: replication slot \"strangler_shop\" does not exist",
                "org.postgresql.util.PSQLException: ERROR: can no longer access replication slot \"strangler_shop\"",
                "org.postgresql.util.PSQLException: ERROR: publication \"strangler_outbox\" does not exist",
                "org.apache.kafka.common.errors.RecordTooLargeException: The message is 2000000 bytes",
                "org.postgresql.util.PSQLException: FATAL: password authentication failed for user \"shop_relay\""
            })
    void a_failure_that_a_restart_repeats_or_that_skips_events_waits_for_a_person(String trace) {
        connect.failWith("org.apache.kafka.connect.errors.ConnectException: failed\n\tat x\nCaused by: " + trace);
        watched.look();
        clock.advance(Duration.ofHours(1));
        watched.look();
        assertThat(connect.restarts).isZero();
        assertThat(told).extracting(RelayState::condition).containsExactly(Condition.BLOCKED);
    }

    @Test
    void a_missing_slot_blocks_even_while_the_task_says_running() {
        var blind = new WatchedConnector(
                connect,
                CONNECTOR,
                connector -> Optional.empty(),
                (before, now) -> told.add(now),
                RestartPace.STANDARD,
                clock);
        connect.running();
        assertThat(blind.look().condition()).isEqualTo(Condition.BLOCKED);
        assertThat(told.get(0).detail()).contains("strangler_shop is gone").contains("RelayRecovery");
    }

    @Test
    void what_cannot_be_known_is_said_so_and_nothing_is_restarted() {
        connect.status = null;
        assertThat(watched.look().condition()).isEqualTo(Condition.MISSING);
        connect.failure = ConnectFailure.unreachable(URI.create("http://localhost:1"), new java.io.IOException("no"));
        assertThat(watched.look().condition()).isEqualTo(Condition.UNREACHABLE);
        connect.failure = null;
        connect.status = new ConnectorStatus(CONNECTOR.name(), "STOPPED", null, List.of());
        assertThat(watched.look().condition()).isEqualTo(Condition.STOPPED);
        connect.status = new ConnectorStatus(CONNECTOR.name(), "RUNNING", null, List.of());
        assertThat(watched.look().condition()).isEqualTo(Condition.STARTING);
        assertThat(told)
                .extracting(RelayState::condition, RelayState::restarts)
                .containsExactly(
                        tuple(Condition.MISSING, 0),
                        tuple(Condition.UNREACHABLE, 0),
                        tuple(Condition.STOPPED, 0),
                        tuple(Condition.STARTING, 0));
    }

    /** Connect as the test wants it; its task fails again after every restart until told otherwise. */
    private static final class Connect implements Connectors {

        private ConnectorStatus status;
        private ConnectFailure failure;
        private int restarts;

        void failWith(String trace) {
            status =
                    new ConnectorStatus(CONNECTOR.name(), "RUNNING", null, List.of(new TaskStatus(0, "FAILED", trace)));
        }

        void running() {
            status =
                    new ConnectorStatus(CONNECTOR.name(), "RUNNING", null, List.of(new TaskStatus(0, "RUNNING", null)));
        }

        @Override
        public Optional<ConnectorStatus> status(String name) {
            if (failure != null) {
                throw failure;
            }
            return Optional.ofNullable(status);
        }

        @Override
        public void restartFailed(String name) {
            restarts++;
        }
    }

    private static final class Ticking extends Clock {

        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
