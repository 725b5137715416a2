package dev.strangler.facade.sides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.facade.sides.BrowsingTopics.TopicRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which records of several partitions are shown. */
class SelectionTest {

    private static final int MOST = 100;

    @Test
    void the_newest_are_kept_whichever_partition_comes_first() {
        assertThat(times(Selection.OLDEST_FIRST.reversed()))
                .containsExactly(
                        LongStream.rangeClosed(201, 300).map(at -> 501 - at).toArray());
    }

    @Test
    void the_oldest_are_kept_whichever_partition_comes_first() {
        assertThat(times(Selection.OLDEST_FIRST))
                .containsExactly(LongStream.rangeClosed(1, 100).toArray());
    }

    @Test
    void nothing_is_cut_off_while_there_is_room() {
        var selection = new Selection(Selection.OLDEST_FIRST, 2);
        selection.add(record(0, 1));
        selection.add(record(0, 2));
        assertThat(selection.isCutOff()).isFalse();
        selection.add(record(0, 3));
        assertThat(selection.isCutOff()).isTrue();
    }

    /** Two partitions, one after the other, written to by turns. */
    private static long[] times(Comparator<TopicRecord> order) {
        var selection = new Selection(order, MOST);
        for (var partition = 0; partition < 2; partition++) {
            for (var at = 1 + partition; at <= 300; at += 2) {
                selection.add(record(partition, at));
            }
        }
        return selection.records().stream()
                .mapToLong(one -> one.at().getEpochSecond())
                .toArray();
    }

    private static TopicRecord record(int partition, long at) {
        return new TopicRecord(partition, at, Instant.ofEpochSecond(at), "key-" + at, Map.of(), "{}");
    }
}
