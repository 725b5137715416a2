package dev.strangler.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.outbox.Publisher;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Appending again takes its time, and writers go on meanwhile. The slots are read as a relay reads them: in the order of the commits. */
@WithInfrastructure
@Timeout(120)
class AppendingAgainIT {

    private static final int GATE = 4711;

    private Publisher publisher;
    private RelayConnector connector;
    private RelayDatabase relay;
    private PGSimpleDataSource hurried;
    private String log;
    private Connection hand;

    @BeforeEach
    void start(Infrastructure infrastructure, TestInfo test) throws SQLException {
        var name = test.getTestMethod().orElseThrow().getName();
        var created = infrastructure.database(name.substring(0, Math.min(30, name.length())));
        publisher = new Publisher(created, Map.of("Asset", "assets.v1"));
        connector = RelayConnector.of(created.jdbcUrl(), created.username(), created.password());
        relay = new RelayDatabase(connector, publisher.dataSource());
        relay.prepare();
        hurried = new PGSimpleDataSource();
        hurried.setUrl(created.jdbcUrl());
        hurried.setUser(created.username());
        hurried.setPassword(created.password());
        hurried.setSocketTimeout(1);
        hurried.setOptions("-c statement_timeout=500");
        log = "log_of_" + created.name().toLowerCase(Locale.ROOT);
        publisher.publish("kept", 1);
        publisher.publish("busy", 1);
        publisher.publish("late", 1);
        publisher.publish("gate", 1);
        publisher.jdbc().queryForList("select pg_create_logical_replication_slot(?, 'test_decoding')", log);
        hand = created.dataSource().getConnection();
        let_the_one_that_is_appended_again_wait_at_its_last_row();
    }

    private void let_the_one_that_is_appended_again_wait_at_its_last_row() throws SQLException {
        publisher.jdbc().execute("""
                create function let_wait() returns trigger language plpgsql as $$
                begin
                    if new.aggregateid = 'gate' then
                        perform pg_advisory_xact_lock(%d);
                    end if;
                    return new;
                end $$""".formatted(GATE));
        publisher
                .jdbc()
                .execute(
                        "create trigger let_wait before insert on strangler.outbox for each row execute function let_wait()");
        run(hand, "select pg_advisory_lock(%d)".formatted(GATE));
    }

    @AfterEach
    void stop() throws SQLException {
        hand.close();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            publisher
                    .jdbc()
                    .queryForList(
                            "select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()");
            return true;
        });
        publisher.close();
    }

    @Test
    void what_a_writer_commits_meanwhile_stays_the_last_word_of_its_aggregate() throws Exception {
        try (var writer = publisher.dataSource().getConnection()) {
            writer.setAutoCommit(false);
            var appending = CompletableFuture.supplyAsync(relay::appendAgain);
            await().atMost(Duration.ofSeconds(30)).until(() -> isWaiting("advisory"));
            publisher.publish("busy", 2);
            publisher.publish("new", 1);
            run(writer, """
                    insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
                    values ('monolith-Asset-late-v2', 'Asset', 'late', 'AssetTagged', 'assets.v1', '{}', 'monolith', 2, 1, now())""");
            run(hand, "select pg_advisory_unlock(%d)".formatted(GATE));
            await().atMost(Duration.ofSeconds(30)).until(() -> appending.isDone() || isWaiting("relation"));
            writer.commit();
            assertThat(appending.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(4);
        }
        var said = said();
        assertThat(said).as("everything again").contains("kept-v1", "gate-v1");
        assertThat(last(said, "busy")).isEqualTo("busy-v2");
        assertThat(last(said, "late")).isEqualTo("late-v2");
    }

    @Test
    void it_takes_as_long_as_it_takes_over_connections_that_are_made_for_short_statements() throws Exception {
        var appending = CompletableFuture.supplyAsync(() -> new RelayDatabase(connector, hurried).appendAgain());
        await().atMost(Duration.ofSeconds(30)).until(() -> appending.isDone() || isWaitingForMoreThanTwoSeconds());
        run(hand, "select pg_advisory_unlock(%d)".formatted(GATE));
        assertThat(appending.get(60, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(said()).contains("kept-v1", "busy-v1", "late-v1", "gate-v1");
    }

    private boolean isWaitingForMoreThanTwoSeconds() {
        return Boolean.TRUE.equals(publisher.jdbc().queryForObject("""
                        select exists (select from pg_stat_activity
                                        where datname = current_database() and query like '%outbox_recover%' and wait_event = 'advisory'
                                          and pid <> pg_backend_pid() and query_start < clock_timestamp() - interval '2 seconds')
                        """, Boolean.class));
    }

    private boolean isWaiting(String event) {
        return Boolean.TRUE.equals(publisher
                .jdbc()
                .queryForObject(
                        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = ?)",
                        Boolean.class,
                        event));
    }

    /** In the order of the commits. */
    private List<String> said() {
        return new JdbcTemplate(publisher.dataSource())
                .queryForList(
                        "select substring(data from 'monolith-Asset-([a-z]+-v[0-9]+)') from pg_logical_slot_get_changes(?, null, null) where data like '%strangler.outbox%INSERT%monolith-Asset-%'",
                        String.class, log);
    }

    private static String last(List<String> said, String id) {
        return said.stream()
                .filter(event -> event.startsWith(id + "-"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
