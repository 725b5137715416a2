package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The promise: effects happen once and in order, whatever is delivered how often and to whom. */
@WithInfrastructure
class InboxIT {

    private Scene scene;

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void sendVersions(int aggregates, int from, int to) {
        for (int version = from; version <= to; version++) {
            for (int i = 0; i < aggregates; i++) {
                scene.events.send("a" + i, version);
            }
        }
        scene.events.arrive();
    }

    @Test
    void every_event_has_its_effect_once_and_in_order() {
        sendVersions(50, 1, 20);

        scene.start();

        soon().until(() -> scene.ledger.effects() >= 1000);
        assertThat(scene.ledger.distinctEffects()).isEqualTo(1000);
        assertThat(scene.ledger.versionsOf("a7"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(scene.ledger.calls.get()).as("transactions").isLessThan(100);
    }

    @Test
    void nothing_is_applied_again_when_the_group_has_forgotten_how_far_it_was() throws Exception {
        sendVersions(20, 1, 5);
        var inbox = scene.start();
        soon().until(() -> scene.ledger.effects() >= 100);
        inbox.stop();

        // As after a crash between the commit of the database and that of the group.
        try (var admin = Admin.create(Map.of("bootstrap.servers", scene.infrastructure.bootstrapServers()))) {
            admin.deleteConsumerGroups(List.of(scene.ledger.consumer())).all().get(10, TimeUnit.SECONDS);
        }
        scene.start();
        sendVersions(20, 6, 6);

        soon().until(() -> scene.ledger.effects() >= 120);
        assertThat(scene.ledger.effects()).isEqualTo(120);
        assertThat(scene.ledger.distinctEffects()).isEqualTo(120);
    }

    @Test
    void duplicates_and_stale_versions_are_dropped_and_counted() {
        scene.events
                .send("a", 1)
                .send("a", 2)
                .send("a", 2)
                .send("a", 1)
                .send("a", 3)
                .arrive();

        scene.start();

        soon().until(() -> scene.ledger.versionsOf("a").contains(3L));
        assertThat(scene.ledger.versionsOf("a")).containsExactly(1L, 2L, 3L);
        soon().untilAsserted(() -> assertThat(scene.listening.dropped).hasValue(2));
    }

    @Test
    void a_replay_from_the_beginning_changes_nothing() {
        sendVersions(20, 1, 5);
        var inbox = scene.start();
        soon().until(() -> scene.ledger.effects() >= 100);
        inbox.stop();
        scene.jdbc.update(
                "update strangler.inbox_position set next_offset = 0 where consumer = ?", scene.ledger.consumer());

        scene.start();

        soon().until(() -> scene.listening.dropped.get() == 100);
        assertThat(scene.ledger.effects()).isEqualTo(100);
    }

    @Test
    void an_instance_that_was_believed_dead_rolls_back() throws Exception {
        var asleep = new CountDownLatch(1);
        var awake = new CountDownLatch(1);
        var zombie = new Ledger(scene.ledger.consumer(), scene.topic, scene.dataSource);
        zombie.onPrepare = event -> {
            asleep.countDown();
            awaitQuietly(awake);
        };
        sendVersions(5, 1, 2);
        scene.start(
                zombie,
                scene.settings().withKafka(Map.of("max.poll.interval.ms", "1500", "session.timeout.ms", "6000")));
        assertThat(asleep.await(20, TimeUnit.SECONDS)).isTrue();

        scene.start();
        soon().until(() -> scene.ledger.effects() >= 10);
        zombie.onPrepare = event -> {};
        awake.countDown();
        sendVersions(5, 3, 3);

        soon().until(() -> scene.ledger.effects() >= 15);
        soon().until(() -> scene.listening.retried.get() > 0);
        assertThat(scene.ledger.effects()).isEqualTo(15);
        assertThat(scene.ledger.distinctEffects()).isEqualTo(15);
    }

    @Test
    void two_instances_share_the_partitions_and_no_effect_is_doubled_when_one_goes() {
        sendVersions(20, 1, 5);
        var first = scene.start();
        var second = scene.start();
        soon().until(() -> first.lag().size() == 1 && second.lag().size() == 1);
        sendVersions(20, 6, 10);
        first.stop();
        sendVersions(20, 11, 15);

        soon().until(() -> scene.ledger.effects() >= 300);
        assertThat(scene.ledger.distinctEffects()).isEqualTo(300);
        assertThat(scene.ledger.effects()).isEqualTo(300);
        assertThat(scene.ledger.versionsOf("a3"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 15).boxed().toList());
    }

    @Test
    void the_lag_and_the_applied_versions_can_be_read() {
        sendVersions(3, 1, 2);
        var inbox = scene.start();
        soon().until(() -> scene.ledger.effects() >= 6);

        soon().untilAsserted(() -> assertThat(inbox.lag()).hasSize(2).allSatisfy(lag -> {
            assertThat(lag.flow()).isEqualTo(Flow.FLOWING);
            assertThat(lag.recordsBehind()).isZero();
            assertThat(lag.oldestUnapplied()).isNull();
        }));
        assertThat(inbox.status().isWell()).isTrue();
        assertThat(applied("Asset", "a0", 2)).isTrue();
        assertThat(applied("Asset", "a0", 3)).isFalse();
        assertThat(applied("Asset", "unheard of", 1)).isFalse();
        assertThat(applied("Nothing", "a0", 1)).isNull();
    }

    @Test
    void an_event_carries_the_trace_of_its_request_into_what_the_handler_logs() {
        var traces = new CopyOnWriteArrayList<String>();
        scene.ledger.onApply = event -> traces.add(String.valueOf(MDC.get("traceparent")));
        scene.events.send("a", 1).arrive();

        scene.start();

        soon().until(() -> scene.ledger.effects() == 1);
        assertThat(traces).containsOnly("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    @Test
    void a_listener_that_fails_changes_nothing() {
        var failing = new InboxListener() {
            @Override
            public void applied(String consumer, List<ReceivedEvent> events) {
                throw new IllegalStateException("cannot measure");
            }
        };
        try (var inbox = new Inbox(
                scene.ledger,
                scene.settings(),
                scene.dataSource,
                new DataSourceTransactionManager(scene.dataSource),
                failing,
                InboxTracing.NONE)) {
            inbox.start();
            sendVersions(5, 1, 2);

            soon().until(() -> scene.ledger.effects() >= 10);
            soon().until(() -> inbox.status().isWell());
        }
        assertThat(scene.ledger.effects()).isEqualTo(10);
    }

    @Test
    void a_stop_ends_within_its_limit_and_a_start_goes_on() {
        var inbox = scene.start();
        sendVersions(2, 1, 1);
        soon().until(() -> scene.ledger.effects() == 2);

        var before = System.nanoTime();
        inbox.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(inbox.isRunning()).isFalse();

        inbox.start();
        sendVersions(2, 2, 2);
        soon().until(() -> scene.ledger.effects() == 4);
    }

    private Boolean applied(String type, String id, long version) {
        return scene.jdbc.queryForObject("select strangler.applied(?, ?, ?)", Boolean.class, type, id, version);
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody woke the handler");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
