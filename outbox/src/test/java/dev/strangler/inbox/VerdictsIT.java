package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verdicts of operators are carried out beside everything else, whatever their records wait for. */
@WithInfrastructure
class VerdictsIT {

    private static final int KEYS = 20;

    private Scene scene;

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void retries_whose_source_is_away_hold_up_no_other_record() {
        parkKeys();
        var tries = new AtomicInteger();
        var triesBeforeOther = new AtomicInteger(-1);
        scene.ledger.onApply = event -> {
            if (event.aggregateId().equals("other")) {
                triesBeforeOther.set(tries.get());
            }
        };
        scene.ledger.onPrepare = event -> {
            if (event.aggregateId().startsWith("k")) {
                if (tries.getAndIncrement() == 0) {
                    scene.events.send("other", 1).arrive();
                }
                throw new RetryLater("the blobs are away");
            }
        };

        retryAll();

        soon().until(() -> scene.ledger.versionsOf("other").size() == 1);
        assertThat(triesBeforeOther.get()).isBetween(1, KEYS / 2);
        assertThat(scene.parked()).isEqualTo(KEYS);
        scene.ledger.onPrepare = event -> {};
        soon().until(() -> scene.parked() == 0 && scene.ledger.effects() == KEYS + 1);
    }

    /** Its record lies behind all that wait for their source, and those come back again and again. */
    @Test
    void what_is_to_be_skipped_or_needs_no_source_is_done_while_others_wait_for_theirs() {
        parkKeys();
        scene.ledger.onApply = event -> {};
        scene.ledger.onPrepare = event -> {
            if (!event.aggregateId().equals("k" + (KEYS - 2))) {
                throw new RetryLater("the blobs are away");
            }
        };

        retryAll();
        scene.jdbc.queryForList(
                "select strangler.parked_skip(?, 'Asset', ?)", scene.ledger.consumer(), "k" + (KEYS - 1));

        soon().until(() -> scene.parked() == KEYS - 2);
        assertThat(scene.ledger.effects()).isEqualTo(1);
    }

    @Test
    void verdicts_on_records_of_a_topic_that_is_not_read_hide_no_others() {
        scene.jdbc.update(
                "insert into strangler.inbox_parked (consumer, topic, partition, \"offset\", aggregatetype, aggregateid, headers, cause, verdict)"
                        + " select ?, 'gone.v1', 0, n, 'Asset', 'a' || n, '{}', 'of a topic that is read no longer', 'RETRY'"
                        + " from generate_series(1, 200) n",
                scene.ledger.consumer());
        parkKeys();
        scene.ledger.onApply = event -> {};

        retryAll();

        soon().until(() -> scene.ledger.effects() == KEYS);
        assertThat(scene.parked()).isEqualTo(200);
    }

    private void parkKeys() {
        scene.ledger.onApply = event -> {
            throw new IllegalStateException("cannot digest " + event.aggregateId());
        };
        for (int key = 0; key < KEYS; key++) {
            scene.events.send("k" + key, 1);
        }
        scene.events.arrive();
        scene.start();
        soon().until(() -> scene.jdbc.queryForObject(
                        "select count(*) from strangler.inbox_parked where consumer = ? and topic = ?",
                        Integer.class,
                        scene.ledger.consumer(),
                        scene.topic)
                == KEYS);
    }

    /** In one statement, so that one round finds them all. */
    private void retryAll() {
        scene.jdbc.queryForList(
                "select strangler.parked_retry(?, 'Asset', 'k' || n) from generate_series(0, ?) n",
                scene.ledger.consumer(),
                KEYS - 1);
    }
}
