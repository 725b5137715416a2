package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Comparing.Difference;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a handover compares: the aggregates that the owner has published since a position of its log, on both sides. */
@WithInfrastructure
@Timeout(60)
class ParityComparingIT {

    private static final String APPEND = """
            insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion,
                                          schemaversion, occurredat)
            values ('%1$s-' || clock_timestamp(), 'Thing', '%1$s', 'ThingChanged', 'things.v1', '{}', 'monolith', 2, 1, now())
            """;

    private static Things things;

    /** Kept open, so that what it was asked last can be seen. */
    private static SingleConnectionDataSource owner;

    private final ParityComparing comparing = new ParityComparing(
            Things.FEATURE,
            Side.MONOLITH,
            new JdbcParity(
                    (feature, side) -> things.source(side),
                    new PretendedStream(),
                    JdbcParity.Limits.STANDARD,
                    Clock.systemUTC()),
            Map.of(Side.MONOLITH, owner, Side.SERVICE, things.source(Side.SERVICE)),
            Optional::empty);

    @BeforeAll
    static void prepare(Infrastructure infrastructure) throws SQLException {
        things = new Things(infrastructure.database(), infrastructure.database("service"));
        things.prepare();
        owner = new SingleConnectionDataSource(things.source(Side.MONOLITH).getConnection(), true);
    }

    @AfterAll
    static void end() {
        owner.destroy();
    }

    @BeforeEach
    void fill() {
        things.clear();
        things.alike(10);
    }

    @Test
    void what_was_published_behind_a_position_is_found_and_nothing_before_it() {
        append("thing_1");
        var position = comparing.position();
        assertThat(comparing.changedSince(position)).isEmpty();
        append("thing_2");
        append("thing_4");
        append("thing_2");
        assertThat(comparing.changedSince(position)).containsExactlyInAnyOrder("thing_2", "thing_4");
        assertThat(comparing.changedSince(comparing.position())).isEmpty();
    }

    @Test
    void who_has_written_before_a_position_and_not_committed_is_waited_for() throws Exception {
        try (var connection = things.source(Side.MONOLITH).getConnection();
                var writing = connection.createStatement()) {
            connection.setAutoCommit(false);
            writing.executeUpdate(APPEND.formatted("thing_7"));
            var position = CompletableFuture.supplyAsync(comparing::position);
            awaitAsked();
            assertThat(position).as("the position while somebody writes").isNotDone();
            connection.commit();
            assertThat(comparing.changedSince(position.get(20, TimeUnit.SECONDS)))
                    .as("what was waited for is there already")
                    .isEmpty();
        }
    }

    @Test
    void who_has_written_and_does_not_end_is_named() throws Exception {
        try (var connection = things.source(Side.MONOLITH).getConnection();
                var writing = connection.createStatement()) {
            connection.setClientInfo("ApplicationName", "nightly-batch");
            connection.setAutoCommit(false);
            writing.executeUpdate(APPEND.formatted("thing_8"));
            assertThatIllegalStateException()
                    .isThrownBy(comparing::position)
                    .withMessageContainingAll("nightly-batch", "open for", "insert into strangler.outbox", "End it");
        }
    }

    @Test
    void what_differs_is_told_with_both_versions() {
        things.put(Side.MONOLITH, "thing_1", 2, "{}");
        things.remove(Side.SERVICE, "thing_2");
        assertThat(comparing.differences(List.of("thing_1", "thing_2", "thing_4")))
                .containsExactlyInAnyOrder(
                        new Difference("thing_1", "behind: version 2 at the owner, 1 at the other side"),
                        new Difference("thing_2", "missing: version 1 at the owner, none at the other side"));
        things.catchUp(Side.SERVICE, "thing_1");
        things.catchUp(Side.SERVICE, "thing_2");
        assertThat(comparing.differences(List.of("thing_1", "thing_2", "thing_4")))
                .isEmpty();
    }

    /** The position has been read once somebody else's statement waits for the writer to end. */
    private static void awaitAsked() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> things.at(Side.MONOLITH)
                                .sql(
                                        "select count(*) from pg_stat_activity where query like 'select pg_snapshot_xmin%'")
                                .query(Long.class)
                                .single()
                        > 0);
    }

    private static void append(String id) {
        things.at(Side.MONOLITH).sql(APPEND.formatted(id)).update();
    }
}
