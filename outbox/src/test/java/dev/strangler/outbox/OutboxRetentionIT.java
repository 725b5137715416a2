package dev.strangler.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@WithInfrastructure
class OutboxRetentionIT {

    private static final String SLOT_PREFIX = "retention_";

    private Publisher publisher;
    private String slot;

    @BeforeEach
    void start(Infrastructure infrastructure, TestInfo test) {
        var name = test.getTestMethod().orElseThrow().getName().substring(0, 12);
        publisher = new Publisher(infrastructure.database(name), Map.of("Asset", "assets.v1"));
        slot = SLOT_PREFIX + name;
    }

    @AfterEach
    void stop() {
        publisher
                .jdbc()
                .queryForList(
                        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?",
                        slot);
        publisher.close();
    }

    @Test
    void nothing_is_dropped_before_the_slot_has_passed_it() {
        var yesterday = pastDay(3, "old");
        makeSlotBehindOf("newer");
        // The slot stands behind the old rows but before the seal.
        assertThat(retention(Duration.ofDays(1)).run()).isEmpty();
        assertThat(exists(yesterday)).isTrue();

        advanceSlot();
        assertThat(retention(Duration.ofDays(1)).run()).containsExactly(yesterday);
        assertThat(exists(yesterday)).isFalse();
        assertThat(rows("newer")).isEqualTo(1);
    }

    @Test
    void young_partitions_stay_though_the_slot_has_passed_them() {
        var past = pastDay(3, "old");
        makeSlotBehindOf("newer");
        retention(Duration.ofDays(1)).run();
        advanceSlot();
        assertThat(retention(Duration.ofDays(5)).run()).isEmpty();
        assertThat(exists(past)).isTrue();
    }

    @Test
    void without_a_slot_nothing_is_dropped() {
        var past = pastDay(3, "old");
        assertThat(retention(Duration.ofDays(1)).run()).isEmpty();
        assertThat(retention(Duration.ofDays(1)).run()).isEmpty();
        assertThat(exists(past)).isTrue();
    }

    @Test
    void a_row_written_behind_the_seal_keeps_its_partition_until_the_slot_has_passed_that_too() {
        var past = pastDay(3, "old");
        makeSlotBehindOf("newer");
        retention(Duration.ofDays(1)).run();
        // A transaction as old as the partition, which writes only now.
        insertAt(3, "late");
        assertThat(retention(Duration.ofDays(1)).run()).isEmpty();
        advanceSlot();
        retention(Duration.ofDays(1)).run();
        assertThat(exists(past)).isTrue();

        retention(Duration.ofDays(1)).run();
        advanceSlot();
        assertThat(retention(Duration.ofDays(1)).run()).containsExactly(past);
    }

    @Test
    void an_open_writer_delays_the_seal_and_is_not_disturbed() {
        pastDay(3, "old");
        makeSlotBehindOf("newer");
        publisher.transactions().executeWithoutResult(status -> {
            insertAt(3, "open");
            assertThat(sealed()).isEmpty();
            retentionOnAnotherThread();
            assertThat(sealed()).isEmpty();
        });
        retention(Duration.ofDays(1)).run();
        assertThat(sealed()).hasSize(1);
    }

    @Test
    void a_day_without_a_partition_falls_into_the_default_which_is_dropped_like_any_other() {
        insertAt(40, "stray");
        makeSlotBehindOf("newer");
        assertThat(publisher.jdbc().queryForObject("select count(*) from strangler.outbox_default", Long.class))
                .isEqualTo(1);
        retention(Duration.ZERO).run();
        advanceSlot();
        assertThat(retention(Duration.ZERO).run()).contains("outbox_default");
        insertAt(40, "again");
        assertThat(rows("again")).isEqualTo(1);
        assertThat(rows("stray")).isZero();
    }

    @Test
    void partitions_are_made_ahead() {
        publisher.jdbc().queryForObject("select strangler.outbox_prepare(20)", Integer.class);
        assertThat(exists(name(LocalDate.now(ZoneOffset.UTC).plusDays(20)))).isTrue();
    }

    private OutboxRetention retention(Duration keep) {
        return new OutboxRetention(
                publisher.dataSource(), slot, new OutboxRetention.Settings(keep, Duration.ofMinutes(5), 2));
    }

    private void retentionOnAnotherThread() {
        var thread = new Thread(() -> retention(Duration.ofDays(1)).run());
        thread.start();
        try {
            thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private String pastDay(int daysAgo, String id) {
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo);
        publisher.jdbc().queryForObject("select strangler.outbox_partition(?)", Boolean.class, day);
        insertAt(daysAgo, id);
        return name(day);
    }

    private void insertAt(int daysAgo, String id) {
        publisher.jdbc().update("""
                        insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin,
                        aggregateversion, schemaversion, occurredat, created_at)
                        values (?, 'Asset', ?, 'AssetTagged', 'assets.v1', '{}', 'monolith', 1, 1, now(), now() - make_interval(days => ?))""", id, id, daysAgo);
    }

    private void makeSlotBehindOf(String newer) {
        publisher.jdbc().queryForList("select pg_create_logical_replication_slot(?, 'pgoutput')", slot);
        publisher.publish(newer, 1);
    }

    private void advanceSlot() {
        publisher.jdbc().queryForList("select pg_replication_slot_advance(?, pg_current_wal_lsn())", slot);
    }

    private List<String> sealed() {
        return publisher.jdbc().queryForList("select partition from strangler.outbox_seal", String.class);
    }

    private boolean exists(String partition) {
        return Boolean.TRUE.equals(publisher
                .jdbc()
                .queryForObject("select to_regclass('strangler.' || ?) is not null", Boolean.class, partition));
    }

    private long rows(String id) {
        return publisher
                .jdbc()
                .queryForObject("select count(*) from strangler.outbox where aggregateid = ?", Long.class, id);
    }

    private static String name(LocalDate day) {
        return "outbox_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
