package dev.strangler.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HandTest {

    private static final TopicPartition PARTITION = new TopicPartition("assets.v1", 0);
    private static final Instant OCCURRED = Instant.parse("2026-11-21T10:00:00Z");

    private final Hand hand = new Hand("consumer", PARTITION, 10, 0);

    @Test
    void how_far_a_hand_is_behind_is_unknown_until_its_position_is() {
        assertThat(hand.lag().recordsBehind()).isNegative();
        hand.heardEnd(9);
        assertThat(hand.lag().recordsBehind()).isNegative();
        assertThat(hand.lag().isAgeUnknown()).isTrue();
    }

    @Test
    void a_hand_whose_position_is_read_again_is_as_far_behind_as_it_was() {
        holdRecordAt5Of9();

        hand.unsettle("the broker is away", Duration.ZERO, 0);
        hand.unsettle("it still is", Duration.ZERO, 0);

        assertThat(hand.lag().recordsBehind()).isEqualTo(4);
        assertThat(hand.lag().oldestUnapplied()).isEqualTo(OCCURRED);
        hand.settle(9);
        assertThat(hand.lag().recordsBehind()).isZero();
        assertThat(hand.lag().oldestUnapplied()).isNull();
    }

    @Test
    void a_hand_that_is_refused_is_as_far_behind_as_the_log_says() {
        holdRecordAt5Of9();
        hand.refuse(2, "records were deleted unread", Duration.ZERO, 0);
        hand.heardEnd(12);

        assertThat(hand.lag().recordsBehind()).isEqualTo(10);
        assertThat(hand.lag().oldestUnapplied()).isEqualTo(OCCURRED);
    }

    @Test
    void a_hand_that_was_refused_from_the_start_knows_no_age() {
        hand.heardEnd(12);
        hand.refuse(2, "records were deleted unread", Duration.ZERO, 0);

        assertThat(hand.lag().recordsBehind()).isEqualTo(10);
        assertThat(hand.lag().isAgeUnknown()).isTrue();
    }

    @Test
    void how_far_a_position_behind_the_end_of_its_log_is_behind_is_unknown() {
        hand.heardEnd(3);
        hand.refuse(7, "the topic was created anew", Duration.ZERO, 0);

        assertThat(hand.lag().recordsBehind()).isNegative();
    }

    private void holdRecordAt5Of9() {
        hand.settle(5);
        hand.heardEnd(9);
        var sent = Events.event("assets.v1", "a", 1, "{}");
        Events.header(sent, "occurredat", OCCURRED.toString());
        var record = new ConsumerRecord<>("assets.v1", 0, 5, sent.key(), sent.value());
        sent.headers().forEach(header -> record.headers().add(header));
        hand.take(List.of(Reading.read(PARTITION, record)));
    }
}
