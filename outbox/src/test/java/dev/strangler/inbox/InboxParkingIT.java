package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that cannot be applied costs its key only, until somebody decides. */
@WithInfrastructure
class InboxParkingIT {

    private final Set<String> poisoned = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private Scene scene;

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure);
        scene.ledger.onApply = event -> {
            var name = event.aggregateId() + "@" + event.aggregateVersion();
            if (poisoned.contains(name)) {
                attempts.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
                throw new IllegalStateException("cannot digest " + name);
            }
        };
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_poisoned_record_parks_its_key_and_all_others_flow() {
        poisoned.add("a7@2");
        for (int version = 1; version <= 3; version++) {
            for (int id = 0; id < 100; id++) {
                scene.events.send("a" + id, version);
            }
        }
        scene.events.arrive();

        scene.start();

        soon().until(() -> scene.ledger.effects() >= 298);
        assertThat(scene.ledger.distinctEffects()).isEqualTo(298);
        assertThat(scene.ledger.versionsOf("a7")).containsExactly(1L);
        assertThat(parkedVersions("a7")).containsExactly(2L, 3L);
        assertThat(causeOfFirst()).contains("cannot digest a7@2");
        assertThat(attempts.get("a7@2").get())
                .as("attempts, with those in ever smaller batches")
                .isBetween(3, 30);
    }

    @Test
    void later_records_of_a_parked_key_wait_and_a_retry_applies_all_in_order() {
        poisoned.add("a@1");
        scene.events.send("a", 1).send("b", 1).arrive();
        scene.start();
        soon().until(() -> scene.parked() == 1);
        for (int version = 2; version <= 5; version++) {
            scene.events.send("a", version).send("b", version);
        }
        scene.events.arrive();
        soon().until(() -> scene.parked() == 5 && scene.ledger.versionsOf("b").size() == 5);
        assertThat(scene.ledger.versionsOf("a")).isEmpty();

        poisoned.clear();
        assertThat(verdict("parked_retry", "Asset", "a")).isTrue();
        for (int version = 6; version <= 30; version++) {
            scene.events.send("a", version);
        }
        scene.events.arrive();

        soon().until(() -> scene.ledger.versionsOf("a").size() >= 30);
        assertThat(scene.ledger.versionsOf("a"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
        assertThat(scene.parked()).isZero();
    }

    @Test
    void a_retry_that_fails_leaves_the_key_parked_and_says_why() {
        poisoned.add("a@1");
        scene.events.send("a", 1).send("a", 2).arrive();
        var inbox = scene.start();
        soon().until(() -> scene.parked() == 2);

        scene.ledger.onApply = event -> {
            throw new IllegalStateException("still cannot");
        };
        assertThat(verdict("parked_retry", "Asset", "a")).isTrue();

        soon().until(() -> causeOfFirst().contains("still cannot"));
        assertThat(scene.jdbc.queryForList(
                        "select verdict from strangler.inbox_parked where consumer = ?",
                        String.class,
                        scene.ledger.consumer()))
                .containsOnlyNulls();
        assertThat(scene.parked()).isEqualTo(2);
        assertThat(inbox.status().parkedKeys()).isEqualTo(1);
        assertThat(inbox.status().isWell()).isTrue();
    }

    @Test
    void a_skip_lays_the_record_aside_and_applies_those_behind_it() {
        poisoned.add("a@1");
        scene.events.send("a", 1).send("a", 2).send("a", 3).arrive();
        scene.start();
        soon().until(() -> scene.parked() == 3);

        assertThat(verdict("parked_skip", "Asset", "a")).isTrue();

        soon().until(() -> scene.parked() == 0);
        assertThat(scene.ledger.versionsOf("a")).containsExactly(2L, 3L);
        assertThat(scene.count("inbox_skipped")).isEqualTo(1);
        assertThat(verdict("parked_skip", "Asset", "a"))
                .as("nothing left to skip")
                .isFalse();
    }

    @Test
    void a_record_that_cannot_be_read_is_parked_with_all_that_is_wrong_and_can_be_skipped() {
        var record = Events.event(scene.topic, "a", 1, "{}");
        Events.header(record, "aggregateversion", "seven");
        record.headers().remove("epoch");
        scene.events.send(record).send("a", 2).send(new ProducerRecord<>(scene.topic, "b", "no headers at all"));
        scene.events.send("b", 2).send("c", 1).arrive();

        scene.start();

        soon().until(() -> scene.parked() == 4 && scene.ledger.versionsOf("c").size() == 1);
        assertThat(causeOfFirst()).contains("aggregateversion is 'seven'", "epoch is missing");
        assertThat(verdict("parked_skip", "Asset", "a")).isTrue();
        assertThat(verdict("parked_skip", "?", "b")).isTrue();
        soon().until(() -> scene.parked() == 0);
        assertThat(scene.ledger.versionsOf("a")).containsExactly(2L);
        assertThat(scene.ledger.versionsOf("b")).containsExactly(2L);
    }

    @Test
    void hostile_records_are_parked_and_the_inbox_lives_on() {
        scene.events.send("nul", 1, "{\"a\":\"\0\"}");
        scene.events.send("x".repeat(100_000), 1);
        scene.events.send(new ProducerRecord<>(scene.topic, null, "no key"));
        scene.events.send(new ProducerRecord<>(scene.topic, "tombstone", null));
        scene.events.send("deep", 1, "[".repeat(200_000)).send("good", 1).arrive();
        scene.ledger.onApply = event -> {
            if (event.aggregateId().equals("deep")) {
                throw new StackOverflowError("as a parser would");
            }
        };

        scene.start();

        soon().until(() ->
                scene.parked() == 4 && scene.ledger.versionsOf("good").size() == 1);
        assertThat(scene.ledger.effects()).isEqualTo(1);
        assertThat(scene.jdbc.queryForList(
                        "select payload from strangler.inbox_parked where consumer = ? and aggregateid = 'nul'",
                        String.class,
                        scene.ledger.consumer()))
                .containsExactly("{\"a\":\"\u2400\"}");
        verdict("parked_retry", "Asset", "nul");
        soon().until(() -> attemptsOf("nul") == 2);
        assertThat(scene.ledger.effects())
                .as("what was altered is never applied")
                .isEqualTo(1);
    }

    @Test
    void beyond_the_limit_of_parked_records_the_partition_stops_and_goes_on_when_there_is_room() {
        for (int i = 0; i < 5; i++) {
            poisoned.add("p" + i + "@1");
            scene.events.send("p" + i, 1);
        }
        scene.events.send("good", 1).arrive();
        var one = scene.settings().withParkedLimit(3);
        var inbox = scene.start(scene.ledger, one);

        soon().until(() -> inbox.lag().stream().anyMatch(lag -> lag.flow() == Flow.REFUSED));
        assertThat(scene.parked()).isEqualTo(3);
        assertThat(inbox.status().isWell()).isFalse();
        assertThat(inbox.lag())
                .anySatisfy(lag -> assertThat(lag.reason()).contains("has 3 records parked, allowed are 3"));

        poisoned.clear();
        parkedIds().forEach(id -> verdict("parked_retry", "Asset", id));
        soon().until(() -> scene.ledger.effects() == 6);
        soon().until(() -> inbox.status().isWell());
        assertThat(scene.parked()).isZero();
    }

    @Test
    void something_that_is_away_for_the_moment_never_parks() {
        var away = ConcurrentHashMap.<String>newKeySet();
        away.add("a");
        scene.ledger.onPrepare = event -> {
            if (away.contains(event.aggregateId())) {
                attempts.computeIfAbsent("away", n -> new AtomicInteger()).incrementAndGet();
                throw new RetryLater("the blobs are away");
            }
        };
        for (int id = 0; id < 50; id++) {
            scene.events.send("b" + id, 1);
        }
        scene.events.send("a", 1).send("c", 1).arrive();
        var inbox = scene.start();

        soon().until(() -> inbox.lag().stream()
                .anyMatch(lag -> lag.flow() == Flow.WAITING && "the blobs are away".equals(lag.reason())));
        soon().until(() -> attempts.get("away").get() >= 15);
        assertThat(scene.parked()).isZero();
        assertThat(inbox.status().isWell()).as("it goes on by itself").isTrue();

        away.clear();
        soon().until(() -> scene.ledger.effects() == 52);
        assertThat(scene.parked()).isZero();
        assertThat(scene.ledger.distinctEffects()).isEqualTo(52);
    }

    private boolean verdict(String function, String type, String id) {
        return scene.jdbc.queryForObject(
                "select strangler." + function + "(?, ?, ?)", Boolean.class, scene.ledger.consumer(), type, id);
    }

    private List<Long> parkedVersions(String id) {
        return scene.jdbc.queryForList(
                "select (headers->>'aggregateversion')::bigint from strangler.inbox_parked where consumer = ? and aggregateid = ? order by \"offset\"",
                Long.class,
                scene.ledger.consumer(),
                id);
    }

    private List<String> parkedIds() {
        return scene.jdbc.queryForList(
                "select aggregateid from strangler.inbox_parked where consumer = ?",
                String.class,
                scene.ledger.consumer());
    }

    private String causeOfFirst() {
        return scene.jdbc.queryForObject(
                "select cause from strangler.inbox_parked where consumer = ? and attempts > 0 order by aggregateid, \"offset\" limit 1",
                String.class,
                scene.ledger.consumer());
    }

    private int attemptsOf(String id) {
        return scene.jdbc.queryForObject(
                "select attempts from strangler.inbox_parked where consumer = ? and aggregateid = ?",
                Integer.class,
                scene.ledger.consumer(),
                id);
    }
}
