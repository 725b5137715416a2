package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A projection is built anew from the log beside the live one. */
@WithInfrastructure
class RebuildIT {

    private static final int AGGREGATES = 200;

    private Scene scene;
    private Picture picture;

    /** A projection of two tables, one hanging on the other. */
    private static final class Picture implements InboxHandler {

        private final String consumer;
        private final String topic;
        private final JdbcTemplate jdbc;
        private volatile String refusing = "";
        private final AtomicReference<CountDownLatch> hold = new AtomicReference<>();
        private final CountDownLatch held = new CountDownLatch(1);

        Picture(String consumer, String topic, JdbcTemplate jdbc) {
            this.consumer = consumer;
            this.topic = topic;
            this.jdbc = jdbc;
        }

        @Override
        public String consumer() {
            return consumer;
        }

        @Override
        public Set<String> topics() {
            return Set.of(topic);
        }

        @Override
        public Optional<Projection> projection() {
            return Optional.of(Projection.of("picture_tag", "picture"));
        }

        @Override
        public void apply(List<ReceivedEvent> events) {
            var latch = hold.get();
            if (latch != null
                    && jdbc.queryForObject("show search_path", String.class).contains("rebuild")) {
                held.countDown();
                InboxIT.awaitQuietly(latch);
            }
            for (var event : events) {
                if (event.aggregateId().equals(refusing)) {
                    throw new IllegalStateException("cannot digest " + refusing);
                }
                jdbc.update(
                        "insert into picture (id, version, name) values (?, ?, ?) on conflict (id) do update set version = excluded.version, name = excluded.name",
                        event.aggregateId(),
                        event.aggregateVersion(),
                        event.payload());
                jdbc.update("delete from picture_tag where picture_id = ?", event.aggregateId());
                jdbc.update(
                        "insert into picture_tag (picture_id, tag) select ?, 'tag' || n from generate_series(1, ?) n",
                        event.aggregateId(),
                        event.aggregateVersion() % 3);
            }
        }
    }

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure);
        scene.jdbc.execute("drop table if exists picture_tag, picture");
        scene.jdbc.execute(
                "create table picture (id text primary key, version bigint not null, name text not null, searched text generated always as (lower(name)) stored)");
        scene.jdbc.execute("create index picture_searched on picture (searched)");
        scene.jdbc.execute(
                "create table picture_tag (picture_id text references picture on delete cascade, tag text, primary key (picture_id, tag))");
        scene.jdbc.execute(
                "create or replace view tagged as select * from picture join picture_tag on id = picture_id");
        picture = new Picture("picture-" + scene.ledger.consumer(), scene.topic, scene.jdbc);
    }

    @AfterEach
    void close() {
        scene.jdbc.execute("drop view if exists tagged");
        scene.close();
    }

    private Rebuild rebuild() {
        return rebuild(picture.projection().orElseThrow());
    }

    private Rebuild rebuild(Projection projection) {
        return new Rebuild(
                picture,
                projection,
                scene.settings(),
                scene.dataSource,
                new DataSourceTransactionManager(scene.dataSource));
    }

    private void send(int from, int to) {
        for (int version = from; version <= to; version++) {
            for (int id = 0; id < AGGREGATES; id++) {
                scene.events.send("p" + id, version, "Picture %d of p%d".formatted(version, id));
            }
        }
        scene.events.arrive();
    }

    private void startAndAwait(int version) {
        scene.start(picture, scene.settings());
        awaitVersion(version);
    }

    private void awaitVersion(int version) {
        soon().until(() ->
                scene.jdbc.queryForObject("select count(*) from picture where version = ?", Integer.class, version)
                        == AGGREGATES);
    }

    private List<String> rows() {
        return scene.jdbc.queryForList(
                "select p::text from picture p union all select t::text from picture_tag t order by 1", String.class);
    }

    @Test
    void a_projection_that_was_damaged_equals_the_log_again_to_the_row() {
        send(1, 4);
        startAndAwait(4);
        var before = rows();
        scene.jdbc.update("delete from picture where id like 'p1%'");
        scene.jdbc.update("update picture set name = 'forged' where id = 'p2'");
        scene.jdbc.update("insert into picture (id, version, name) values ('stray', 1, 'stray')");
        scene.jdbc.update("insert into picture_tag values ('p3', 'stray')");

        var report = rebuild().run();

        assertThat(rows()).isEqualTo(before);
        assertThat(report.rows()).containsEntry("picture", (long) AGGREGATES);
        assertThat(report.changed().get("picture")).isBetween(100L, 130L);
        assertNothingIsLeft();
        send(5, 5);
        awaitVersion(5);
    }

    @Test
    void a_projection_that_was_emptied_is_there_again() {
        send(1, 4);
        startAndAwait(4);
        var before = rows();
        scene.jdbc.execute("truncate picture, picture_tag");

        rebuild().run();

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void reads_never_gap_and_new_events_are_not_lost_while_it_is_rebuilt() throws Exception {
        send(1, 3);
        startAndAwait(3);
        var reading = new AtomicBoolean(true);
        var fewest = new AtomicInteger(Integer.MAX_VALUE);
        var reads = new AtomicInteger();
        var reader = CompletableFuture.runAsync(() -> {
            while (reading.get()) {
                fewest.accumulateAndGet(
                        scene.jdbc.queryForObject("select count(*) from picture", Integer.class), Math::min);
                reads.incrementAndGet();
            }
        });
        var writer = CompletableFuture.runAsync(() -> send(4, 9));

        rebuild().run();
        writer.get(30, TimeUnit.SECONDS);
        awaitVersion(9);
        reading.set(false);
        reader.get(10, TimeUnit.SECONDS);

        assertThat(fewest).hasValue(AGGREGATES);
        assertThat(reads.get()).isPositive();
        var live = rows();
        rebuild().run();
        assertThat(rows()).isEqualTo(live);
    }

    @Test
    void what_is_newer_than_the_log_is_never_lost_unless_it_is_meant_to_be() throws Exception {
        send(1, 1);
        startAndAwait(1);
        var before = rows();
        try (var admin = Admin.create(Map.of("bootstrap.servers", scene.infrastructure.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(scene.topic, 0), RecordsToDelete.beforeOffset(5)))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }

        assertThatThrownBy(() -> rebuild().run())
                .isInstanceOf(RebuildRefused.class)
                .hasMessageContaining("newer than what the log gives")
                .hasMessageContaining("(live 1, rebuilt none)");
        assertThat(rows()).isEqualTo(before);
        assertNothingIsLeft();

        assertThat(rebuild().forgetting().run().rows()).containsEntry("picture", AGGREGATES - 5L);
    }

    @Test
    void a_handler_that_no_longer_digests_the_log_is_refused_by_name() {
        send(1, 2);
        startAndAwait(2);
        var before = rows();
        picture.refusing = "p7";

        assertThatThrownBy(() -> rebuild().run())
                .isInstanceOf(RebuildRefused.class)
                .hasMessageContaining("Asset p7 (live 2, rebuilt none, parked:")
                .hasMessageContaining("cannot digest p7");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void parked_and_skipped_records_are_the_same_afterwards() {
        picture.refusing = "p7";
        send(1, 2);
        scene.start(picture, scene.settings());
        soon().until(() -> parkedOffsets().size() == 2);
        soon().until(() -> scene.jdbc.queryForObject("select count(*) from picture where version = 2", Integer.class)
                == AGGREGATES - 1);
        var parked = parkedOffsets();
        var before = rows();

        rebuild().run();

        assertThat(parkedOffsets()).isEqualTo(parked);
        assertThat(rows()).isEqualTo(before);
        picture.refusing = "";
        scene.jdbc.queryForObject("select strangler.parked_skip(?, 'Asset', 'p7')", Boolean.class, picture.consumer());
        soon().until(() -> parkedOffsets().isEmpty());
        var skipped = rows();
        rebuild().run();
        assertThat(rows()).isEqualTo(skipped).hasSizeGreaterThan(before.size());
    }

    @Test
    void one_rebuild_at_a_time_and_what_a_dead_one_left_is_recognised() throws Exception {
        send(1, 2);
        startAndAwait(2);
        var latch = new CountDownLatch(1);
        picture.hold.set(latch);
        var first = CompletableFuture.supplyAsync(() -> rebuild().run());
        assertThat(picture.held.await(20, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> rebuild().run()).isInstanceOf(RebuildInProgress.class);

        picture.hold.set(null);
        latch.countDown();
        first.get(30, TimeUnit.SECONDS);
        var schema = new ShadowTables(scene.jdbc, picture.consumer()).schema();
        scene.jdbc.execute("create schema " + schema);
        scene.jdbc.execute("create table " + schema + ".picture (half int)");
        scene.jdbc.update(
                "insert into strangler.inbox_position (consumer, topic, partition, next_offset) values (?, ?, 0, 3)",
                picture.consumer() + ".rebuild",
                scene.topic);
        var before = rows();

        rebuild().run();

        assertThat(rows()).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void a_projection_that_cannot_be_equal_is_refused_with_all_reasons() {
        send(1, 1);
        startAndAwait(1);
        scene.jdbc.execute("create table if not exists numbered (number bigserial, id text)");
        scene.jdbc.execute("create table if not exists outside (picture_id text references picture on delete cascade)");

        assertThatThrownBy(() -> rebuild(Projection.of("picture", "numbered", "nowhere", "tagged"))
                        .run())
                .isInstanceOf(RebuildRefused.class)
                .hasMessageContaining("column [number] of 'numbered' draws from a sequence")
                .hasMessageContaining("table 'nowhere' does not exist")
                .hasMessageContaining("'tagged' is no ordinary table")
                .hasMessageContaining("from 'outside' to 'picture' crosses the projection's border");
        scene.jdbc.execute("drop table outside");
    }

    @Test
    void a_table_that_was_not_named_is_missed_loudly_instead_of_written() {
        send(1, 1);
        startAndAwait(1);
        scene.jdbc.execute("alter table picture_tag drop constraint picture_tag_picture_id_fkey");
        var before = rows();

        assertThatThrownBy(() -> rebuild(Projection.of("picture"))
                        .givingUpAfter(Duration.ofSeconds(20))
                        .run())
                .isInstanceOf(RebuildRefused.class)
                .hasMessageContaining("relation \"picture_tag\" does not exist");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void a_rebuild_can_be_asked_for_with_sql() {
        send(1, 2);
        startAndAwait(2);
        var before = rows();
        scene.jdbc.execute("truncate picture, picture_tag");
        try (var requests = new RebuildRequests(List.of(rebuild()), scene.dataSource)) {
            requests.start();
            var id = scene.jdbc.queryForObject("select strangler.rebuild(?)", Long.class, picture.consumer());
            assertThat(scene.jdbc.queryForObject("select strangler.rebuild(?)", Long.class, picture.consumer()))
                    .isIn(id, id + 1, id + 2);

            soon().until(() -> "DONE"
                    .equals(scene.jdbc.queryForObject(
                            "select outcome from strangler.inbox_rebuild where id = ?", String.class, id)));
        }
        assertThat(rows()).isEqualTo(before);
    }

    private List<Long> parkedOffsets() {
        return scene.jdbc.queryForList(
                "select \"offset\" from strangler.inbox_parked where consumer = ? order by 1",
                Long.class,
                picture.consumer());
    }

    private void assertNothingIsLeft() {
        assertThat(scene.jdbc.queryForList(
                        "select nspname from pg_namespace where nspname like 'rebuild%'", String.class))
                .isEmpty();
        for (var table : List.of("inbox_position", "inbox_version", "inbox_parked")) {
            assertThat(scene.jdbc.queryForObject(
                            "select count(*) from strangler." + table + " where consumer like '%.rebuild'",
                            Integer.class))
                    .as(table)
                    .isZero();
        }
    }
}
