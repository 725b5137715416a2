package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Backfilling;
import dev.strangler.cutover.Backfilling.Backpressure;
import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.Snapshots;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.InfrastructureExtension;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(InfrastructureExtension.class)
class BackfillingIT {

    private static final int ROWS = 1_000;
    private static final FeatureName NAME = Things.FEATURE.name();
    private static final Backfilling.Pace QUICK =
            new Backfilling.Pace(64, Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(5));

    private static Things things;
    private static JdbcBackfills backfills;
    private static JdbcClient control;

    private final Snapshots snapshots = new JdbcSnapshots(things.databases(), (feature, side) -> "monolith");
    private final PretendedStream stream = new PretendedStream();

    @BeforeAll
    static void prepare(Infrastructure infrastructure) {
        things = new Things(infrastructure.database(), infrastructure.database("service"));
        things.prepare();
        var source = infrastructure.database("facade").dataSource();
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:dev/strangler/cutover/schema")
                .load()
                .migrate();
        control = JdbcClient.create(source);
        // Nobody is heard of for so long: a dead instance is noticed at once.
        backfills =
                new JdbcBackfills(control, new TransactionTemplate(new JdbcTransactionManager(source)), Duration.ZERO);
    }

    @BeforeEach
    void fill() {
        things.clear();
        things.alike(ROWS);
        control.sql("delete from backfill").update();
    }

    @Test
    void every_row_is_said_once_as_a_snapshot_of_its_version() {
        var since = end();
        var begun = begin();
        assertThat(begun.total()).isEqualTo(ROWS);
        backfilling(snapshots, stream).workAt(Things.FEATURE, begun.number());
        var done = newest();
        assertThat(done.state()).isEqualTo(Backfill.State.DONE);
        assertThat(done.appended()).isEqualTo(ROWS);
        assertThat(done.finishedAt()).isNotNull();
        assertThat(said(since)).isEqualTo(ROWS);
        assertThat(rowsOf("thing_1", since))
                .isEqualTo("monolith-Thing-thing_1-v1 ThingSnapshotTaken things.v1 monolith 1");
    }

    /** The topic is compacted, so of each row the newest has to come last; the relay reads in the order of the commits. */
    @Test
    void what_was_written_and_removed_while_a_chunk_was_being_said_is_said_over_it() throws Exception {
        var since = end();
        try (var hand = things.source(Side.MONOLITH).getConnection();
                var statement = hand.createStatement()) {
            statement.execute("select pg_advisory_lock(4711)");
            owner().sql("""
                    create function let_wait() returns trigger language plpgsql as $$
                    begin
                        if new.type = 'ThingSnapshotTaken' and new.aggregateid = 'thing_1' and new.aggregateversion = 1 then
                            perform pg_advisory_xact_lock(4711);
                        end if;
                        return new;
                    end $$""").update();
            owner().sql(
                            "create trigger let_wait before insert on strangler.outbox for each row execute function let_wait()")
                    .update();
            var saying = CompletableFuture.supplyAsync(() -> snapshots.append(Things.FEATURE, Side.MONOLITH, "", ROWS));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> owner().sql(
                                    "select exists (select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted)")
                            .query(Boolean.class)
                            .single());
            things.put(Side.MONOLITH, "thing_1", 2, "{}");
            say("thing_1", 2, "ThingChanged");
            things.remove(Side.MONOLITH, "thing_2");
            say("thing_2", 2, "ThingRemoved");
            statement.execute("select pg_advisory_unlock(4711)");
            assertThat(saying.get(30, TimeUnit.SECONDS).appended()).isEqualTo(ROWS);
        } finally {
            owner().sql("drop trigger if exists let_wait on strangler.outbox").update();
            owner().sql("drop function if exists let_wait").update();
        }
        assertThat(saidOf("thing_1", since))
                .containsExactly("ThingSnapshotTaken 1", "ThingChanged 2", "ThingSnapshotTaken 2");
        assertThat(saidOf("thing_2", since))
                .containsExactly("ThingSnapshotTaken 1", "ThingRemoved 2", "ThingRemoved 2");
        assertThat(said(since)).isEqualTo(ROWS + 4);
    }

    private void say(String id, long version, String type) {
        owner().sql("""
                        insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
                        values ('live-' || ?, 'Thing', ?, ?, 'things.v1', '{}', 'monolith', ?, 1, now())
                        """).params(id, id, type, version).update();
    }

    /** In the order in which transactions began to write. */
    private static List<String> saidOf(String id, String since) {
        return owner().sql(
                        "select type || ' ' || aggregateversion from strangler.outbox where aggregateid = ? and lsn >= ?::pg_lsn order by xmin::text::bigint")
                .params(id, since)
                .query(String.class)
                .list();
    }

    @Test
    void a_payload_of_a_composite_type_is_said_as_a_document() {
        var since = end();
        things.tellAsRow(Side.MONOLITH, "price", "name", "tags");
        try {
            assertThat(snapshots.append(Things.FEATURE, Side.MONOLITH, List.of("thing_1")))
                    .isEqualTo(1);
            assertThat(snapshots
                            .append(Things.FEATURE, Side.MONOLITH, "thing_1", 1)
                            .appended())
                    .isEqualTo(1);
        } finally {
            things.tellAsDocument(Side.MONOLITH);
        }
        assertThat(owner().sql(
                                "select payload from strangler.outbox where aggregateid = 'thing_1' and lsn >= ?::pg_lsn")
                        .param(since)
                        .query(String.class)
                        .single())
                .isEqualTo("""
                        {"id": "thing_1", "name": "thing 1", "tags": [], "price": {"amount": 12.50}, "version": 1}""");
    }

    @Test
    void after_a_death_another_instance_goes_on_and_no_row_is_left_out() {
        var since = end();
        var begun = begin();
        var chunks = new AtomicInteger();
        // Dies once a chunk is committed and before that is noted: the worst moment.
        var dying = new Dying(snapshots, () -> chunks.incrementAndGet() == 5);
        assertThatThrownBy(() -> backfilling(dying, stream).workAt(Things.FEATURE, begun.number()))
                .isInstanceOf(Died.class);
        assertThat(newest().state()).isEqualTo(Backfill.State.RUNNING);
        assertThat(newest().appended()).isEqualTo(4 * 64);
        assertThat(backfills.abandoned()).extracting(Backfill::number).containsExactly(begun.number());
        new Backfilling(backfills, snapshots, stream, Backpressure.NONE, QUICK, "second")
                .workAt(Things.FEATURE, begun.number());
        assertThat(newest().state()).isEqualTo(Backfill.State.DONE);
        assertThat(newest().appended()).isEqualTo(ROWS);
        assertThat(distinctSaid(since)).isEqualTo(ROWS);
        assertThat(said(since)).as("one chunk twice, which readers drop").isEqualTo(ROWS + 64);
    }

    @Test
    void of_two_instances_one_stops_at_its_next_step() {
        var begun = begin();
        var overtaken = new AtomicBoolean();
        var overtaking = new Dying(snapshots, () -> {
            if (overtaken.compareAndSet(false, true)) {
                assertThat(backfills.claim(begun.number(), "second")).isPresent();
            }
            return false;
        });
        backfilling(overtaking, stream).workAt(Things.FEATURE, begun.number());
        assertThat(newest().state()).isEqualTo(Backfill.State.RUNNING);
        assertThat(newest().appended())
                .as("the chunk of who was overtaken is not noted")
                .isZero();
    }

    @Test
    void live_changes_win_whatever_comes_first() throws Exception {
        var since = end();
        var seed = 7L;
        var random = new Random(seed);
        var isOver = new AtomicBoolean();
        var writing = CompletableFuture.runAsync(() -> {
            while (!isOver.get()) {
                change("thing_" + (1 + random.nextInt(ROWS)));
            }
        });
        var begun = begin();
        backfilling(snapshots, stream).workAt(Things.FEATURE, begun.number());
        isOver.set(true);
        writing.get(10, TimeUnit.SECONDS);
        applyInOrderOfTheLog(since);
        assertThat(things.at(Side.SERVICE)
                        .sql("select md5(string_agg(id || version || body, ',' order by id)) from thing")
                        .query(String.class)
                        .single())
                .as("seed %d", seed)
                .isEqualTo(things.at(Side.MONOLITH)
                        .sql("select md5(string_agg(id || version || body, ',' order by id)) from thing")
                        .query(String.class)
                        .single());
    }

    @Test
    void it_holds_back_as_long_as_there_is_a_reason() {
        var begun = begin();
        var looks = new AtomicInteger();
        Backpressure pressure = (feature, owner) -> {
            if (looks.incrementAndGet() == 3) {
                assertThat(newest().waiting()).isEqualTo("dam-things is 30,000 events behind");
                assertThat(newest().appended()).isZero();
            }
            return looks.get() > 3 ? Optional.empty() : Optional.of("dam-things is 30,000 events behind");
        };
        new Backfilling(backfills, snapshots, stream, pressure, QUICK, "first").workAt(Things.FEATURE, begun.number());
        assertThat(newest().state()).isEqualTo(Backfill.State.DONE);
        assertThat(newest().waiting()).isNull();
    }

    @Test
    void what_stays_in_the_way_fails_it_and_asking_again_goes_on() {
        var begun = begin();
        var chunks = new AtomicInteger();
        var fenced = new Dying(snapshots, () -> {
            if (chunks.incrementAndGet() > 3) {
                throw new IllegalStateException("things is fenced");
            }
            return false;
        });
        backfilling(fenced, stream).workAt(Things.FEATURE, begun.number());
        assertThat(newest().state()).isEqualTo(Backfill.State.FAILED);
        assertThat(newest().trouble()).isEqualTo("things is fenced");
        var again = begin();
        assertThat(again.number()).isEqualTo(begun.number());
        assertThat(again.appended()).isEqualTo(3 * 64);
        backfilling(snapshots, stream).workAt(Things.FEATURE, again.number());
        assertThat(newest().state()).isEqualTo(Backfill.State.DONE);
    }

    @Test
    void it_is_done_only_when_the_other_side_has_applied_it() {
        var begun = begin();
        stream.standsStill();
        new Backfilling(
                        backfills,
                        snapshots,
                        stream,
                        Backpressure.NONE,
                        new Backfilling.Pace(500, Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(50)),
                        "first")
                .workAt(Things.FEATURE, begun.number());
        assertThat(newest().state()).isEqualTo(Backfill.State.FAILED);
        assertThat(newest().trouble()).contains("has not applied them");
    }

    @Test
    void who_asks_while_one_runs_gets_that_one() {
        assertThat(begin().number()).isEqualTo(begin().number());
    }

    private Backfill begin() {
        return backfills.begin(NAME, Side.MONOLITH, "ann", snapshots.count(Things.FEATURE, Side.MONOLITH));
    }

    private static Backfill newest() {
        return backfills.newest(NAME).orElseThrow();
    }

    private static Backfilling backfilling(Snapshots snapshots, Crossings stream) {
        return new Backfilling(backfills, snapshots, stream, Backpressure.NONE, QUICK, "first");
    }

    private static String end() {
        return owner().sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();
    }

    private static long said(String since) {
        return owner().sql("select count(*) from strangler.outbox where lsn >= ?::pg_lsn")
                .param(since)
                .query(Long.class)
                .single();
    }

    private static long distinctSaid(String since) {
        return owner().sql("select count(distinct aggregateid) from strangler.outbox where lsn >= ?::pg_lsn")
                .param(since)
                .query(Long.class)
                .single();
    }

    private static String rowsOf(String id, String since) {
        return owner().sql("""
                        select concat_ws(' ', id, type, topic, origin, aggregateversion) from strangler.outbox
                         where aggregateid = ? and lsn >= ?::pg_lsn
                        """).params(id, since).query(String.class).single();
    }

    /** A change as an application makes it: row and event in one transaction. */
    private static void change(String id) {
        owner().sql("""
                        with changed as (
                            update thing set version = version + 1, body = jsonb_build_object('name', 'changed ' || version)
                             where id = ? returning *)
                        insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin,
                                                      aggregateversion, schemaversion, occurredat)
                        select 'x', 'Thing', id, 'ThingChanged', 'things.v1',
                               (jsonb_build_object('id', id, 'version', version) || body)::text, 'monolith', version, 1, now()
                          from changed
                        """).param(id).update();
    }

    /** What an inbox does: events in the order of the log, each applied if it is newer. Lists the log by insertion, the order of a table. */
    private static void applyInOrderOfTheLog(String since) {
        things.at(Side.SERVICE).sql("delete from thing").update();
        var said = owner().sql(
                        "select aggregateid, aggregateversion, payload from strangler.outbox where lsn >= ?::pg_lsn order by ctid")
                .param(since)
                .query((row, number) -> new Object[] {row.getString(1), row.getLong(2), row.getString(3)})
                .list();
        new JdbcTemplate(things.source(Side.SERVICE)).batchUpdate("""
                insert into thing values (?, ?, ?::jsonb - 'id' - 'version')
                on conflict (id) do update set version = excluded.version, body = excluded.body
                 where thing.version < excluded.version
                """, said);
    }

    private static JdbcClient owner() {
        return things.at(Side.MONOLITH);
    }

    /** The end of a process, as far as a test can have it. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Says rows like the real one, and dies after it when told to. */
    private record Dying(Snapshots real, BooleanSupplier dies) implements Snapshots {

        @Override
        public long count(Feature feature, Side owner) {
            return real.count(feature, owner);
        }

        @Override
        public Chunk append(Feature feature, Side owner, String after, int size) {
            var chunk = real.append(feature, owner, after, size);
            if (dies.getAsBoolean()) {
                throw new Died();
            }
            return chunk;
        }

        @Override
        public long append(Feature feature, Side owner, Collection<String> keys) {
            return real.append(feature, owner, keys);
        }

        @Override
        public void forgetVersions(Feature feature, Side copy, Collection<String> keys) {
            real.forgetVersions(feature, copy, keys);
        }
    }
}
