package dev.strangler.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.strangler.outbox.Publisher;
import dev.strangler.outbox.relay.RelayFinding.Kind;
import dev.strangler.outbox.relay.RelayedTopics.AppendedVersion;
import dev.strangler.sandbox.BreaksInfrastructure;
import dev.strangler.sandbox.Infrastructure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The check against a real slot, with what has arrived in Kafka as the test says. */
@BreaksInfrastructure
class RelayCheckIT {

    private Publisher publisher;
    private RelayConnector connector;
    private RelayDatabase database;
    private JdbcTemplate administrator;
    private final List<AppendedVersion> asked = new ArrayList<>();
    private Collection<AppendedVersion> missing = List.of();

    @BeforeEach
    void start(Infrastructure infrastructure, TestInfo test) {
        var name = test.getTestMethod().orElseThrow().getName();
        var created = infrastructure.database(name.substring(0, Math.min(30, name.length())));
        publisher = new Publisher(created, Map.of("Asset", "assets.v1"));
        connector = RelayConnector.of(created.jdbcUrl(), created.username(), created.password());
        database = new RelayDatabase(connector, publisher.dataSource());
        administrator = new JdbcTemplate(infrastructure.postgresServer().administrator());
    }

    @AfterEach
    void stop() {
        dropSlot();
        publisher.close();
    }

    @Test
    void what_was_written_before_the_first_slot_is_appended_again_in_order() {
        publisher.publish("early", 1);
        publisher.publish("early", 2);
        database.prepare();
        database.prepare();
        assertThat(publisher.jdbc().queryForList("select id from strangler.outbox order by lsn", String.class))
                .containsExactly(
                        "monolith-Asset-early-v1",
                        "monolith-Asset-early-v2",
                        "monolith-Asset-early-v1",
                        "monolith-Asset-early-v2");
    }

    @Test
    void a_slot_that_never_was_is_no_fault() {
        assertThat(kinds(check().lookThoroughly())).containsExactly(Kind.NOT_SET_UP);
    }

    @Test
    void a_slot_that_was_is_missed() {
        database.prepare();
        assertThat(check().lookThoroughly()).isEmpty();
        dropSlot();
        assertThat(kinds(check().look())).containsExactly(Kind.SLOT_GONE);
        assertThatThrownBy(database::prepare)
                .isInstanceOf(RelayRefused.class)
                .hasMessageContaining("the-relay-is-behind");
    }

    @Test
    void events_that_the_slot_passed_are_looked_up_and_missed() {
        database.prepare();
        publisher.publish("passed", 1);
        publisher.publish("passed", 2);
        passBy();
        missing = List.of(new AppendedVersion("assets.v1", "Asset", "passed", 2));
        assertThat(check().look()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.EVENTS_SKIPPED);
            assertThat(finding.message())
                    .contains("Asset passed v2 in assets.v1")
                    .contains("RelayRecovery");
        });
        assertThat(asked).containsExactly(new AppendedVersion("assets.v1", "Asset", "passed", 2));

        missing = List.of();
        assertThat(check().look()).isEmpty();
        asked.clear();
        assertThat(check().look()).isEmpty();
        assertThat(asked).as("what was witnessed is not looked up again").isEmpty();
    }

    @Test
    void an_event_that_the_slot_has_not_passed_is_not_missed() {
        database.prepare();
        publisher.publish("waiting", 1);
        assertThat(check().lookThoroughly()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void kafka_away_is_said_but_stops_nobody() {
        database.prepare();
        publisher.publish("passed", 1);
        passBy();
        var isAway = new AtomicBoolean(true);
        RelayedTopics kafka = (expected, since) -> {
            asked.addAll(expected);
            if (isAway.get()) {
                throw new RelayRefused("Kafka is away");
            }
            return List.of();
        };
        var check = new RelayCheck(publisher.dataSource(), connector.slot(), kafka);
        assertThat(check.lookThoroughly()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.UNVERIFIED);
            assertThat(finding.isFatal()).isFalse();
            assertThat(finding.message()).contains("Kafka is away");
        });
        asked.clear();
        isAway.set(false);
        assertThat(check.look()).isEmpty();
        assertThat(asked).as("made up for").hasSize(1);
    }

    @Test
    void a_publication_that_leaves_the_outbox_out_is_refused() {
        database.prepare();
        publisher.jdbc().execute("alter publication strangler_outbox drop table strangler.outbox");
        assertThat(kinds(check().look())).containsExactly(Kind.PUBLICATION);
        publisher.jdbc().execute("drop publication strangler_outbox");
        assertThat(kinds(check().look())).containsExactly(Kind.PUBLICATION);
    }

    @Test
    void a_slot_of_another_decoder_is_refused() {
        publisher
                .jdbc()
                .queryForList("select pg_create_logical_replication_slot(?, 'test_decoding')", connector.slot());
        assertThat(kinds(check().look())).containsExactly(Kind.SLOT_FOREIGN);
    }

    @Test
    void a_slot_whose_log_was_thrown_away_is_refused_and_can_be_recovered() {
        database.prepare();
        publisher.publish("kept", 1);
        loseSlot();
        assertThat(kinds(check().look())).containsExactly(Kind.SLOT_LOST);
        // Connect is not reached before the refusal.
        var recovery = new RelayRecovery(
                new ConnectClient(URI.create("http://127.0.0.1:1")), connector, publisher.dataSource());
        assertThatThrownBy(recovery::recover)
                .isInstanceOf(RelayRefused.class)
                .hasMessageContaining("pg_drop_replication_slot('%s')".formatted(connector.slot()));
        assertThatThrownBy(database::appendAgain)
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("missing or lost");

        dropSlot();
        database.makeSlot();
        assertThat(database.appendAgain()).isEqualTo(1);
        assertThat(check().lookThoroughly()).isEmpty();
    }

    private RelayCheck check() {
        RelayedTopics topics = (expected, since) -> {
            asked.addAll(expected);
            return missing;
        };
        return new RelayCheck(publisher.dataSource(), connector.slot(), topics);
    }

    private static List<Kind> kinds(List<RelayFinding> findings) {
        return findings.stream().map(RelayFinding::kind).toList();
    }

    /** As a slot does that was made anew behind the events; its restart position follows the snapshots of running transactions. */
    private void passBy() {
        var end = Lsn.parse(publisher.jdbc().queryForObject("select pg_current_wal_lsn()::text", String.class));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            administrator.execute("select pg_log_standby_snapshot()");
            publisher
                    .jdbc()
                    .queryForList("select pg_replication_slot_advance(?, pg_current_wal_lsn())", connector.slot());
            return database.slot().orElseThrow().restart().isAfter(end);
        });
    }

    private void loseSlot() {
        administrator.execute("alter system set max_slot_wal_keep_size = '1MB'");
        administrator.execute("select pg_reload_conf()");
        try {
            for (int segment = 0; segment < 4; segment++) {
                publisher.jdbc().execute("select pg_logical_emit_message(true, 'fill', repeat('x', 1000))");
                administrator.execute("select pg_switch_wal()");
            }
            administrator.execute("checkpoint");
        } finally {
            administrator.execute("alter system reset max_slot_wal_keep_size");
            administrator.execute("select pg_reload_conf()");
        }
    }

    private void dropSlot() {
        administrator.queryForList(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?",
                connector.slot());
    }
}
