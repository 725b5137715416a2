package dev.strangler.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkerTest {

    @Test
    void each_partition_has_a_key_of_its_own_under_one_name() {
        var markers = Marker.forEachPartition("assets.v1", 12, "cutover-7", "monolith");
        assertThat(markers).extracting(Marker::key).doesNotHaveDuplicates().hasSize(12);
        assertThat(markers).extracting(Marker::name).containsOnly("cutover-7");
    }

    @Test
    void a_marker_that_leads_nowhere_in_particular_is_named_by_its_whole_key() {
        assertThat(new Marker("assets.v1", "tracer-1", "dam").name()).isEqualTo("tracer-1");
    }

    @Test
    void a_partition_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> Marker.in("assets.v1", 3, 3, "cutover-7", "monolith"))
                .hasMessageContaining("no partition 3 among 3");
    }
}
