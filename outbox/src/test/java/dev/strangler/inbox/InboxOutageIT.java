package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.BreaksInfrastructure;
import dev.strangler.sandbox.Infrastructure;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the inbox stands on goes away and comes back. */
@BreaksInfrastructure
class InboxOutageIT {

    private Scene scene;

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void send(int from, int to) {
        for (int version = from; version <= to; version++) {
            for (int id = 0; id < 20; id++) {
                scene.events.send("a" + id, version);
            }
        }
        scene.events.arrive();
    }

    @Test
    void a_database_that_was_killed_is_waited_for_without_haste_and_caught_up_with() {
        send(1, 2);
        var inbox = scene.start();
        soon().until(() -> scene.ledger.effects() == 40);

        var server = scene.infrastructure.postgresServer();
        server.kill();
        send(3, 6);
        soon().until(() -> inbox.status().trouble() != null);
        int before = scene.listening.retried.get();
        long since = System.nanoTime();
        soon().until(() -> scene.listening.retried.get() > before && seconds(since) >= 3);
        int attempts = scene.listening.retried.get() - before;
        double elapsed = seconds(since);
        assertThat(inbox.status().isWell()).isFalse();
        server.start();

        soon().until(() -> scene.ledger.effects() >= 120);
        assertThat(scene.ledger.distinctEffects()).isEqualTo(120);
        assertThat(scene.ledger.effects()).isEqualTo(120);
        assertThat(scene.parked()).isZero();
        assertThat(attempts).as("attempts in %.1f s", elapsed).isLessThan((int) (elapsed * 12));
        soon().until(() -> inbox.status().isWell());
    }

    @Test
    void a_broker_that_was_killed_is_waited_for_and_caught_up_with() {
        send(1, 2);
        scene.start();
        soon().until(() -> scene.ledger.effects() == 40);

        var broker = scene.infrastructure.kafkaBroker();
        broker.kill();
        broker.start();
        send(3, 4);

        soon().until(() -> scene.ledger.effects() >= 80);
        assertThat(scene.ledger.effects()).isEqualTo(80);
        assertThat(scene.ledger.distinctEffects()).isEqualTo(80);
    }

    @Test
    void records_that_were_deleted_unread_are_refused_loudly_while_other_partitions_flow() throws Exception {
        send(1, 2);
        var inbox = scene.start();
        soon().until(() -> scene.ledger.effects() == 40);
        inbox.stop();
        send(3, 4);
        var victim = new TopicPartition(scene.topic, 0);
        try (var admin = Admin.create(Map.of("bootstrap.servers", scene.infrastructure.bootstrapServers()))) {
            admin.deleteRecords(Map.of(victim, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }

        inbox.start();

        soon().until(() -> inbox.lag().stream().anyMatch(lag -> lag.partition() == 0 && lag.flow() == Flow.REFUSED));
        soon().until(() -> inbox.lag().stream()
                .anyMatch(lag -> lag.partition() == 1 && lag.flow() == Flow.FLOWING && lag.recordsBehind() == 0));
        var reason = inbox.lag().stream()
                .filter(lag -> lag.partition() == 0)
                .map(InboxLag::reason)
                .findFirst()
                .orElseThrow();
        assertThat(reason).contains("were deleted unread", "Publish the missing", "update strangler.inbox_position");
        assertThat(inbox.status().isWell()).isFalse();

        // The way out that the refusal names.
        scene.jdbc.update(reason.substring(reason.indexOf("update strangler.inbox_position")));
        send(5, 5);
        Awaitility.await().until(() -> inbox.status().isWell());
        soon().until(() -> scene.ledger.versionsOf("a1").contains(5L)
                && scene.ledger.versionsOf("a0").contains(5L));
    }

    @Test
    void a_topic_that_comes_later_is_read_from_its_beginning() {
        var late = scene.infrastructure.topic("late" + scene.ledger.consumer());
        var ledger = new Ledger("late-" + scene.ledger.consumer(), late, scene.dataSource);
        var inbox = scene.start(ledger, scene.settings().withKafka(Map.of("metadata.max.age.ms", "500")));
        soon().until(() -> String.valueOf(inbox.status().trouble()).contains("do not exist"));

        scene.infrastructure.createTopic(late, 1);
        try (var events = new Events(scene.infrastructure.bootstrapServers(), late)) {
            events.send("a", 1).arrive();
        }

        soon().until(() -> ledger.effects() == 1);
        soon().until(() -> inbox.status().isWell());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
