package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.StreamAway;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.InfrastructureExtension;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Markers between two databases; what lies between them is the test's own hand. */
@ExtendWith(InfrastructureExtension.class)
class JdbcCrossingsIT {

    private static Things things;

    private final JdbcCrossings crossings = new JdbcCrossings(
            things.databases(),
            (feature, side) -> side == Side.MONOLITH ? "monolith" : "shed",
            topic -> 3,
            Clock.systemUTC());

    @BeforeAll
    static void prepare(Infrastructure infrastructure) {
        things = new Things(infrastructure.database(), infrastructure.database("service"));
        things.prepare();
    }

    @BeforeEach
    void clear() {
        for (var side : Side.values()) {
            things.at(side).sql("delete from strangler.inbox_marker").update();
            things.at(side).sql("delete from strangler.inbox_consumes").update();
        }
    }

    @Test
    void markers_go_into_the_outbox_of_who_sends_one_per_partition() {
        crossings.begin(Things.FEATURE, Direction.BACK, "tracer-shed-1");
        assertThat(things.at(Side.SERVICE).sql("""
                                select concat_ws(' ', topic, aggregatetype, origin) from strangler.outbox
                                 where aggregateid like 'tracer-shed-1#%'
                                """).query(String.class).list())
                .containsExactly(
                        "things.v1 strangler.Marker shed",
                        "things.v1 strangler.Marker shed",
                        "things.v1 strangler.Marker shed");
        assertThat(things.at(Side.MONOLITH)
                        .sql("select count(*) from strangler.outbox where aggregateid like 'tracer-shed-1#%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void without_a_broker_nothing_is_sent_and_that_is_said() {
        var without = new JdbcCrossings(
                things.databases(),
                (feature, side) -> "monolith",
                topic -> {
                    throw new IllegalStateException("no answer within 2 s");
                },
                Clock.systemUTC());
        assertThatThrownBy(() -> without.begin(Things.FEATURE, Direction.FORWARD, "tracer-monolith-9"))
                .isInstanceOf(StreamAway.class)
                .hasMessageContaining("things.v1")
                .hasMessageContaining("no answer within 2 s")
                .hasMessageContaining("Start the broker");
    }

    @Test
    void it_is_over_once_every_keeper_has_passed_every_partition() {
        consumes("shed-things");
        consumes("shed-counting");
        var crossing = crossings.begin(Things.FEATURE, Direction.FORWARD, "tracer-monolith-1");
        assertThat(crossings.hasArrived(crossing)).isFalse();
        for (var partition = 0; partition < 3; partition++) {
            passed("shed-things", partition, "tracer-monolith-1");
        }
        assertThat(crossings.hasArrived(crossing))
                .as("the other consumer is not there yet")
                .isFalse();
        passed("shed-counting", 0, "tracer-monolith-1");
        passed("shed-counting", 2, "tracer-monolith-1");
        assertThat(crossings.await(crossing, Duration.ofMillis(50))).isFalse();
        passed("shed-counting", 1, "tracer-monolith-1");
        assertThat(crossings.await(crossing, Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void where_nobody_keeps_the_aggregates_nothing_ever_arrives() {
        var crossing = crossings.begin(Things.FEATURE, Direction.FORWARD, "tracer-monolith-2");
        for (var partition = 0; partition < 3; partition++) {
            passed("shed-of-other-things", partition, "tracer-monolith-2");
        }
        assertThat(crossings.hasArrived(crossing)).isFalse();
    }

    @Test
    void a_name_can_be_used_again() {
        consumes("shed-things");
        for (var partition = 0; partition < 3; partition++) {
            passed("shed-things", partition, "tracer-monolith-3");
        }
        var again = crossings.begin(Things.FEATURE, Direction.FORWARD, "tracer-monolith-3");
        assertThat(crossings.hasArrived(again))
                .as("what arrived earlier does not count")
                .isFalse();
    }

    private static void consumes(String consumer) {
        things.at(Side.SERVICE)
                .sql("insert into strangler.inbox_consumes values (?, 'Thing')")
                .param(consumer)
                .update();
    }

    private static void passed(String consumer, int partition, String marker) {
        things.at(Side.SERVICE)
                .sql(
                        "insert into strangler.inbox_marker (consumer, topic, partition, marker) values (?, 'things.v1', ?, ?)")
                .params(consumer, partition, marker)
                .update();
    }
}
