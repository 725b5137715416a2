package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that are parked meet what was parked before: after a position was moved back, or in a topic that was made anew. */
@WithInfrastructure
class ReplayIT {

    private final Set<String> poisoned = ConcurrentHashMap.newKeySet();
    private Scene scene;

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure);
        scene.ledger.onApply = event -> {
            if (poisoned.contains(event.aggregateId())) {
                throw new IllegalStateException("cannot digest " + event.aggregateId());
            }
        };
        poisoned.add("p");
    }

    @AfterEach
    void close() {
        scene.jdbc.execute("alter table strangler.inbox_parked drop constraint if exists no_p");
        scene.close();
    }

    @Test
    void a_position_moved_back_while_a_key_is_parked_parks_nothing_twice_and_stops_nobody() {
        var first = parkWithOneBehind();
        first.stop();
        moveBack();
        scene.events.send("b", 2).send("c", 1).send("d", 1).arrive();

        var again = scene.start();

        soon().until(() -> scene.ledger.effects() == 4);
        soon().until(() -> again.lag().size() == 2
                && again.lag().stream().allMatch(lag -> lag.flow() == Flow.FLOWING && lag.recordsBehind() == 0));
        assertThat(scene.parked()).isEqualTo(2);
        assertThat(again.status().trouble()).isNull();
        assertThat(scene.ledger.distinctEffects()).isEqualTo(4);
    }

    @Test
    void a_record_whose_place_is_taken_by_one_of_another_log_is_refused_with_the_way_out() {
        parkWithOneBehind().stop();
        scene.jdbc.update(
                "update strangler.inbox_parked set payload = '{\"of\":\"another log\"}' where consumer = ? and attempts > 0",
                scene.ledger.consumer());
        moveBack();

        var again = scene.start();

        soon().until(() -> again.lag().stream()
                .anyMatch(lag -> lag.flow() == Flow.REFUSED
                        && lag.reason() != null
                        && lag.reason()
                                .contains("strangler.parked_skip('" + scene.ledger.consumer() + "', 'Asset', 'p')")));
        assertThat(scene.parked()).isEqualTo(2);
        assertThat(again.status().trouble()).isNull();
        poisoned.clear();
        scene.jdbc.queryForObject(
                "select strangler.parked_skip(?, 'Asset', 'p')", Boolean.class, scene.ledger.consumer());
        soon().until(() -> scene.parked() == 0 && again.status().isWell());
        assertThat(scene.ledger.versionsOf("p")).contains(2L);
    }

    @Test
    void a_record_that_can_be_neither_applied_nor_parked_stops_its_partition_only() {
        scene.jdbc.execute(
                "alter table strangler.inbox_parked add constraint no_p check (aggregateid <> 'p') not valid");
        scene.events.send("p", 1);
        for (int id = 0; id < 20; id++) {
            scene.events.send("b" + id, 1);
        }
        scene.events.arrive();

        var inbox = scene.start();

        soon().until(() -> inbox.lag().stream()
                .anyMatch(lag -> lag.flow() == Flow.REFUSED
                        && lag.reason() != null
                        && lag.reason().contains("can be neither applied nor parked")));
        soon().until(() -> inbox.lag().stream()
                .anyMatch(lag -> lag.flow() == Flow.FLOWING && lag.recordsBehind() == 0 && lag.nextOffset() > 0));
        assertThat(inbox.status().trouble()).isNull();
        scene.jdbc.execute("alter table strangler.inbox_parked drop constraint no_p");
        soon().until(() -> scene.ledger.effects() == 20 && scene.parked() == 1);
    }

    private Inbox parkWithOneBehind() {
        scene.events.send("p", 1).send("p", 2).send("b", 1).arrive();
        var inbox = scene.start();
        soon().until(() -> scene.parked() == 2 && scene.ledger.effects() == 1);
        return inbox;
    }

    private void moveBack() {
        scene.jdbc.update(
                "update strangler.inbox_position set next_offset = 0 where consumer = ?", scene.ledger.consumer());
    }
}
