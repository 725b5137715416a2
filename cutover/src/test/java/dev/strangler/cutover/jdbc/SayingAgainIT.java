package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Side;
import dev.strangler.outbox.relay.Lsn;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Many events are said again beside the owner's writers, who have the last word all the same. */
@WithInfrastructure
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SayingAgainIT {

    private static final Side OWNER = Side.MONOLITH;
    private static final int EVENTS = 3_000;
    private static final int GATE = 4711;

    private MovedFeature moved;
    private Connection hand;

    @BeforeAll
    void make(Infrastructure infrastructure) throws SQLException {
        moved = new MovedFeature(infrastructure);
        hand = moved.dataSource(OWNER).getConnection();
        run("insert into counter select 'many-' || n, 1, 0 from generate_series(1, %d) n".formatted(EVENTS));
        run("""
                create function let_wait() returns trigger language plpgsql as $$
                begin
                    if new.aggregateid = 'many-%d' then
                        perform pg_advisory_xact_lock(%d);
                    end if;
                    return new;
                end $$""".formatted(EVENTS, GATE));
        run("create trigger let_wait before insert on strangler.outbox for each row execute function let_wait()");
    }

    @AfterAll
    void end() throws SQLException {
        hand.close();
    }

    @Test
    void writers_go_on_while_many_events_are_said_again_and_have_the_last_word() throws Exception {
        var since = said();
        run("select pg_advisory_lock(%d)".formatted(GATE));
        try (var writer = moved.dataSource(OWNER).getConnection()) {
            writer.setAutoCommit(false);
            var saying = CompletableFuture.supplyAsync(() -> sayAgain(since));
            awaitWaiting();
            run(writer, "set lock_timeout = '50ms'");
            MovedFeature.raise(writer, OWNER, "many-1");
            MovedFeature.raise(writer, OWNER, "many-2999");
            run("select pg_advisory_unlock(%d)".formatted(GATE));
            assertThat(saying.get(120, TimeUnit.SECONDS).orElseThrow()).isBetween(EVENTS + 1L, EVENTS + 10L);
        }
        assertThat(of("many-2", since)).containsExactly(1L, 1L);
        assertThat(of("many-1", since)).startsWith(1L, 1L, 2L).endsWith(2L);
        assertThat(of("many-2999", since)).startsWith(1L, 1L, 2L).endsWith(2L);
        assertThat(buried(since)).isEmpty();
    }

    @Test
    void under_load_nothing_older_comes_behind_something_newer() throws Exception {
        var since = said();
        var isOver = new AtomicBoolean();
        var writing = CompletableFuture.runAsync(() -> {
            try (var writer = moved.dataSource(OWNER).getConnection()) {
                writer.setAutoCommit(false);
                for (var n = 0; !isOver.get(); n++) {
                    MovedFeature.raise(writer, OWNER, "many-" + (1 + n * 7 % 50));
                }
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        });
        assertThat(sayAgain(since).orElseThrow()).isGreaterThanOrEqualTo(EVENTS);
        isOver.set(true);
        writing.get(30, TimeUnit.SECONDS);
        assertThat(buried(since)).isEmpty();
    }

    @Test
    void who_comes_while_somebody_is_at_it_leaves_it_to_that_one() throws SQLException {
        var since = said();
        run("select pg_advisory_lock(hashtext('strangler.say_again'), hashtext('counters'))");
        assertThat(sayAgain(since)).isEmpty();
        assertThat(of("many-1", since)).hasSize(1);
        run("select pg_advisory_unlock(hashtext('strangler.say_again'), hashtext('counters'))");
        assertThat(sayAgain(since)).hasValue(EVENTS);
        assertThat(sayAgain(since)).as("nobody has kept the claim").hasValue(EVENTS);
    }

    /** Every aggregate once more, and where the log stood before. */
    private Lsn said() throws SQLException {
        var since = moved.at(OWNER)
                .sql("select pg_current_wal_insert_lsn()::text")
                .query((row, number) -> Lsn.parse(row.getString(1)))
                .single();
        run("update counter set version = 1 where id like 'many-%'");
        run("""
                insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
                select 'monolith-Counter-' || id || '-v1', 'Counter', id, 'CounterRaised', 'counters.v1', '0', 'monolith', 1, 1, now()
                  from counter where id like 'many-%' order by length(id), id""");
        return since;
    }

    private OptionalLong sayAgain(Lsn since) {
        return SayingAgain.since(since, moved.feature.name(), moved.dataSource(OWNER));
    }

    private void awaitWaiting() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> moved.at(OWNER)
                        .sql(
                                "select exists (select from pg_locks where locktype = 'advisory' and objid = %d and not granted)"
                                        .formatted(GATE))
                        .query(Boolean.class)
                        .single());
    }

    /** The versions that were said of it, in the order in which transactions began to write. */
    private List<Long> of(String id, Lsn since) {
        return moved.at(OWNER)
                .sql(
                        "select aggregateversion from strangler.outbox where aggregateid = ? and lsn >= ?::pg_lsn order by xmin::text::bigint")
                .params(id, since.toString())
                .query(Long.class)
                .list();
    }

    /** Aggregates of which something older came last. */
    private List<String> buried(Lsn since) {
        return moved.at(OWNER)
                .sql("""
                        select aggregateid from strangler.outbox where lsn >= ?::pg_lsn and aggregatetype = 'Counter' group by 1
                        having max(aggregateversion) <> (array_agg(aggregateversion order by xmin::text::bigint desc))[1]
                        """)
                .param(since.toString())
                .query(String.class)
                .list();
    }

    private void run(String sql) throws SQLException {
        run(hand, sql);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
