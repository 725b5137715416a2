package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.outbox.relay.KeysByPartition;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What an inbox does when ownership moves: markers, former owners, and the role that applies. */
@WithInfrastructure
class HandoverIT {

    private static final int PARTITIONS = 2;

    private Scene scene;
    private String applier;

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure, infrastructure.database(), PARTITIONS);
        applier = infrastructure.database().applier();
        scene.jdbc.execute("drop table if exists copy");
        scene.jdbc.execute(
                "create table copy (id text primary key, version bigint not null, writer text default current_user)");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_marker_is_written_down_behind_everything_before_it_and_no_handler_hears_of_it() {
        for (int version = 1; version <= 20; version++) {
            for (int id = 0; id < 20; id++) {
                scene.events.send("a" + id, version);
            }
        }
        mark("cutover-1");
        scene.events.arrive();

        scene.start();

        soon().until(() -> markers("cutover-1").size() == PARTITIONS);
        assertThat(scene.ledger.effects()).isEqualTo(400);
        assertThat(markers("cutover-1")).containsExactly(0, 1);
        assertThat(scene.jdbc.queryForList(
                        "select aggregateid from strangler.inbox_version where consumer = ? and aggregatetype <> 'Asset'",
                        String.class,
                        scene.ledger.consumer()))
                .isEmpty();
        soon().untilAsserted(() -> assertThat(scene.listening.applied).hasValue(400));
        assertThat(scene.listening.dropped).hasValue(0);
    }

    @Test
    void a_marker_waits_for_an_event_that_cannot_be_applied_yet() {
        scene.ledger.onApply = event -> {
            if (event.aggregateId().equals("late")) {
                throw new RetryLater("not yet");
            }
        };
        int partition = 1;
        scene.events
                .send(KeysByPartition.leadingTo(partition, PARTITIONS, "early"), 1)
                .arrive();
        scene.events
                .send(with(Events.event(scene.topic, "late", 1, "{}"), partition))
                .arrive();
        mark("cutover-1");
        scene.events.arrive();

        var inbox = scene.start();

        soon().until(() -> inbox.lag().stream().anyMatch(lag -> lag.flow() == Flow.WAITING));
        assertThat(markers("cutover-1")).doesNotContain(partition);
        scene.ledger.onApply = event -> {};
        soon().until(() -> markers("cutover-1").size() == PARTITIONS);
        assertThat(scene.ledger.effects()).isEqualTo(2);
    }

    @Test
    void a_marker_passes_what_is_parked() {
        scene.ledger.onApply = event -> {
            throw new IllegalStateException("never");
        };
        scene.events.send("poison", 1);
        mark("cutover-1");
        scene.events.arrive();

        scene.start();

        soon().until(() -> markers("cutover-1").size() == PARTITIONS);
        assertThat(scene.parked()).isEqualTo(1);
    }

    @Test
    void old_markers_are_forgotten_and_so_is_a_consumer_with_all_of_them() {
        scene.start();
        mark("old");
        scene.events.arrive();
        soon().until(() -> markers("old").size() == PARTITIONS);
        scene.jdbc.update("update strangler.inbox_marker set applied_at = applied_at - interval '25 hours'");

        mark("new");
        scene.events.arrive();

        soon().until(() -> markers("new").size() == PARTITIONS);
        assertThat(markers("old")).isEmpty();
        scene.jdbc.queryForList("select strangler.inbox_forget(?)", scene.ledger.consumer());
        assertThat(markers("new")).isEmpty();
    }

    @Test
    void what_a_former_owner_wrote_is_dropped_and_counted_also_after_a_restart() {
        send("a", 1, "monolith", 0, 0);
        send("a", 2, "dam", 1, 0);
        send("b", 1, "monolith", 0, 0);
        send("c", 1, "monolith", 0, 1);
        var inbox = scene.start();
        soon().until(() -> scene.ledger.effects() == 3);
        soon().untilAsserted(() -> assertThat(scene.listening.stale).hasValue(1));
        inbox.stop();

        scene.start();
        send("a", 3, "monolith", 0, 0);
        send("a", 3, "dam", 1, 0);

        soon().until(() -> scene.ledger.versionsOf("a").size() == 3);
        assertThat(scene.ledger.versionsOf("b")).isEmpty();
        assertThat(scene.ledger.versionsOf("c")).containsExactly(1L);
        soon().untilAsserted(() -> assertThat(scene.listening.stale).hasValue(2));
        assertThat(scene.listening.dropped).hasValue(0);
    }

    @Test
    void what_this_side_published_is_not_applied_here_and_counts_all_the_same() {
        var copying = new Copying(true);
        scene.start(copying, scene.settings().applyingAs("", "monolith"));
        send("a", 1, "monolith", 0, 0);
        send("a", 2, "monolith", 0, 0);
        send("a", 2, "dam", 1, 0);
        send("a", 3, "dam", 1, 0);

        soon().until(() -> copying.applied.contains("a-3"));
        assertThat(copying.applied).containsExactly("a-3");
        assertThat(copying.prepared).doesNotContain("a-1");
        assertThat(scene.jdbc.queryForObject("select strangler.applied('Asset', 'a', 3)", Boolean.class))
                .isTrue();
    }

    @Test
    void who_does_not_apply_hears_of_what_this_side_published() {
        var reacting = new Copying(false);
        scene.start(reacting, scene.settings().applyingAs("nobody_there", "monolith"));
        send("a", 1, "monolith", 0, 0);

        // What the handler has seen is committed a moment later.
        soon().untilAsserted(() -> assertThat(writers())
                .containsExactly(scene.infrastructure.database().username()));
        assertThat(reacting.applied).contains("a-1");
    }

    @Test
    void effects_are_written_under_the_role_that_applies_and_nothing_else_is() {
        scene.jdbc.execute("grant select, insert, update, delete on copy to " + applier);
        scene.start(new Copying(true), scene.settings().applyingAs(applier, "monolith"));
        send("a", 1, "dam", 1, 0);
        send("b", 1, "dam", 1, 1);

        soon().until(() -> writers().size() == 2);
        assertThat(writers()).containsOnly(applier);
    }

    @Test
    void a_role_that_cannot_be_taken_on_is_waited_for_and_nothing_is_parked() {
        var inbox = scene.start(new Copying(true), scene.settings().applyingAs("nobody_there", "monolith"));
        send("a", 1, "dam", 1, 0);

        soon().until(() -> inbox.lag().stream()
                .anyMatch(lag -> String.valueOf(lag.reason()).contains("create role nobody_there nologin")));
        assertThat(scene.jdbc.queryForObject("select count(*) from strangler.inbox_parked", Long.class))
                .isZero();
    }

    @Test
    void a_closed_fence_is_waited_for_and_nothing_is_parked() {
        fence("copy");
        var inbox = scene.start(new Copying(true), scene.settings().applyingAs("", "monolith"));
        send("a", 1, "dam", 1, 0);

        soon().until(() -> inbox.lag().stream().anyMatch(lag -> lag.flow() == Flow.WAITING));
        scene.jdbc.execute("alter table copy disable trigger fence");
        soon().until(() -> writers().size() == 1);
        assertThat(scene.jdbc.queryForObject("select count(*) from strangler.inbox_parked", Long.class))
                .isZero();
    }

    /** Somebody publishes who is not the owner, under the owner's epoch. Others of the partition must not wait for that. */
    @Test
    void what_a_stranger_decides_about_what_this_side_owns_is_parked_with_its_reason_and_the_partition_flows_on() {
        scene.jdbc.execute("grant select, insert, update, delete on copy to " + applier);
        fence("copy", "current_user = '%s'".formatted(applier), "SF003");
        var inbox = scene.start(new Copying(true), scene.settings().applyingAs(applier, "monolith"));
        send("a", 1, "monolith", 3, 0);
        send("b", 1, "stranger", 3, 0);
        send("b", 2, "stranger", 3, 0);
        send("a", 2, "monolith", 3, 0);

        soon().until(() -> Boolean.TRUE.equals(
                scene.jdbc.queryForObject("select strangler.applied('Asset', 'a', 2)", Boolean.class)));
        assertThat(scene.parked()).isEqualTo(2);
        assertThat(scene.jdbc.queryForObject(
                        "select cause from strangler.inbox_parked where attempts > 0", String.class))
                .startsWith(
                        "This side owns Asset b, and 'stranger' decides about it under epoch 3: only the owner may. Skip it, and find who publishes that.\n")
                .contains("open for writing here");
        assertThat(scene.listening.reasons).contains("foreign");
        soon().until(() -> inbox.status().parkedKeys() == 1);

        // Trying again does not block anything either: the verdict is answered by the same reason.
        scene.jdbc.queryForList("select strangler.parked_retry(?, 'Asset', 'b')", scene.ledger.consumer());
        soon().until(() -> scene.jdbc.queryForObject(
                        "select max(attempts) from strangler.inbox_parked where verdict is null", Integer.class)
                == 4);
        assertThat(writers()).isEmpty();
    }

    @Test
    void a_rebuild_hands_over_all_and_swaps_behind_the_fence_as_the_role_that_applies() {
        scene.jdbc.execute("grant select, insert, update, delete on copy to " + applier);
        fence("copy");
        var settings = scene.settings().applyingAs(applier, "monolith");
        var copying = new Copying(true);
        scene.start(copying, settings);
        send("a", 1, "monolith", 0, 0);
        send("b", 1, "dam", 1, 0);
        soon().until(() -> copying.applied.contains("b-1"));
        scene.jdbc.execute("alter table copy disable trigger fence");
        scene.jdbc.update("delete from copy");
        scene.jdbc.execute("alter table copy enable always trigger fence");

        new Rebuild(
                        copying,
                        Projection.of("copy"),
                        settings,
                        scene.dataSource,
                        new DataSourceTransactionManager(scene.dataSource))
                .run();

        assertThat(scene.jdbc.queryForList("select id from copy order by id", String.class))
                .containsExactly("a", "b");
        assertThat(scene.jdbc.queryForObject(
                        "select tgenabled = 'A' from pg_trigger where tgrelid = 'copy'::regclass and tgname = 'fence'",
                        Boolean.class))
                .isTrue();
        send("c", 1, "dam", 1, 0);
        soon().until(() -> copying.applied.contains("c-1"));
    }

    @Test
    void who_applies_what_was_sealed_stops_for_good_without_failing_or_parking_and_everybody_else_goes_on() {
        var copying = new Copying(true);
        var inbox = scene.start(copying, scene.settings().applyingAs(applier, "monolith"));
        scene.jdbc.execute("grant select, insert, update, delete on copy to " + applier);
        send("a", 1, "dam", 1, 0);
        soon().until(() -> copying.applied.contains("a-1"));
        var listening = new Scene.Listening();
        try (var other = new Inbox(
                new Copying(false, "other-" + scene.ledger.consumer()),
                scene.settings(),
                scene.dataSource,
                new DataSourceTransactionManager(scene.dataSource),
                listening,
                InboxTracing.NONE)) {
            other.start();

            // As sealing does it, in one transaction: the next event may be on its way into the table at that moment.
            scene.jdbc.execute("""
                    begin;
                    insert into strangler.inbox_sealed (aggregatetype, reason) values ('Asset', 'sealed by ann');
                    revoke all on copy from %s;
                    commit""".formatted(applier));
            send("a", 2, "dam", 1, 0);
            send("b", 1, "dam", 1, 1);

            soon().until(() -> inbox.status().ended() != null);
            assertThat(inbox.status().ended()).isEqualTo("Asset are not applied here any more: sealed by ann.");
            assertThat(inbox.status().isWell()).isTrue();
            soon().until(() -> !inbox.isRunning());
            assertThat(copying.applied).containsExactly("a-1");
            soon().untilAsserted(() -> assertThat(listening.applied).hasValue(3));
        } finally {
            scene.jdbc.execute("delete from strangler.inbox_sealed");
        }
        assertThat(scene.parked()).isZero();
        assertThat(scene.jdbc.queryForList("select consumer from strangler.inbox_ended", String.class))
                .contains(scene.ledger.consumer())
                .doesNotContain("other-" + scene.ledger.consumer());
    }

    @Test
    void a_process_that_starts_when_all_is_sealed_and_gone_stops_before_it_touches_anything() {
        scene.jdbc.execute("drop table copy");
        scene.jdbc.update(
                "insert into strangler.inbox_sealed (aggregatetype, reason) values ('Asset', 'sealed by ann')");
        try {
            var copying = new Copying(true);
            send("a", 1, "dam", 1, 0);

            var inbox = scene.start(copying, scene.settings().applyingAs(applier, "monolith"));

            soon().until(() -> inbox.status().ended() != null);
            assertThat(inbox.status().isWell()).isTrue();
            assertThat(copying.prepared).isEmpty();
            assertThat(scene.count("inbox_position")).isZero();
        } finally {
            scene.jdbc.execute("delete from strangler.inbox_sealed");
        }
    }

    /** As the kit's fence of a side that is closed. */
    private void fence(String table) {
        fence(table, "current_user <> '%s'".formatted(applier), "SF001");
    }

    private void fence(String table, String refused, String state) {
        scene.jdbc.execute("""
                create or replace function only_the_applier() returns trigger language plpgsql as $$
                begin
                    if %s then
                        raise exception 'open for writing here, or closed' using errcode = '%s';
                    end if;
                    return null;
                end $$""".formatted(refused, state));
        scene.jdbc.execute(
                "create trigger fence before insert or update or delete or truncate on %s for each statement execute function only_the_applier()"
                        .formatted(table));
        scene.jdbc.execute("alter table %s enable always trigger fence".formatted(table));
    }

    private void mark(String name) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var record = Events.event(scene.topic, KeysByPartition.leadingTo(partition, PARTITIONS, name), 1, "{}");
            Events.header(record, "aggregatetype", "strangler.Marker");
            Events.header(record, "type", "Marker");
            scene.events.send(record);
        }
    }

    private void send(String id, long version, String origin, long epoch, int partition) {
        var record = with(Events.event(scene.topic, id, version, "{}"), partition);
        Events.header(record, "origin", origin);
        Events.header(record, "epoch", Long.toString(epoch));
        scene.events.send(record).arrive();
    }

    private static ProducerRecord<String, String> with(ProducerRecord<String, String> record, int partition) {
        return new ProducerRecord<>(record.topic(), partition, record.key(), record.value(), record.headers());
    }

    private List<Integer> markers(String name) {
        return scene.jdbc.queryForList(
                "select partition from strangler.inbox_marker where consumer = ? and topic = ? and marker = ? order by 1",
                Integer.class,
                scene.ledger.consumer(),
                scene.topic,
                name);
    }

    private List<String> writers() {
        return scene.jdbc.queryForList("select writer from copy", String.class);
    }

    /** Keeps the newest version of each asset, and notes what it was handed. */
    private final class Copying implements InboxHandler {

        final List<String> prepared = Collections.synchronizedList(new ArrayList<>());
        final List<String> applied = Collections.synchronizedList(new ArrayList<>());
        private final boolean applier;
        private final String consumer;
        private final JdbcTemplate jdbc = scene.jdbc;

        Copying(boolean applier) {
            this(applier, scene.ledger.consumer());
        }

        Copying(boolean applier, String consumer) {
            this.applier = applier;
            this.consumer = consumer;
        }

        @Override
        public String consumer() {
            return consumer;
        }

        @Override
        public Set<String> aggregateTypes() {
            return Set.of("Asset");
        }

        @Override
        public Set<String> topics() {
            return Set.of(scene.topic);
        }

        @Override
        public Optional<Projection> projection() {
            return Optional.of(Projection.of("copy"));
        }

        @Override
        public boolean isApplier() {
            return applier;
        }

        @Override
        public void prepare(List<ReceivedEvent> events) {
            events.forEach(event -> prepared.add(nameOf(event)));
        }

        @Override
        public void apply(List<ReceivedEvent> events) {
            for (var event : events) {
                jdbc.update(
                        "insert into copy (id, version) values (?, ?) on conflict (id) do update set version = excluded.version",
                        event.aggregateId(),
                        event.aggregateVersion());
            }
            events.forEach(event -> applied.add(nameOf(event)));
        }

        private String nameOf(ReceivedEvent event) {
            return event.aggregateId() + "-" + event.aggregateVersion();
        }
    }
}
