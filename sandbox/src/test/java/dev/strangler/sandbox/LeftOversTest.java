package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftOversTest {

    private static final Path DIRECTORY = Path.of("/somewhere/.strangler");
    private static final LeftOvers NOTHING = new LeftOvers(DIRECTORY, List.of(), List.of(), Optional.empty());
    private static final LeftOvers DATA = new LeftOvers(DIRECTORY, List.of(), List.of("kafka"), Optional.empty());
    private static final LeftOvers PROCESS = new LeftOvers(
            DIRECTORY,
            List.of(new LeftOvers.Survivor("kafka", 4711, Instant.parse("2026-01-01T00:00:00Z"))),
            List.of("kafka"),
            Optional.empty());

    @Test
    void an_empty_directory_suits_every_choice_that_keeps_data() {
        assertThatCode(() -> NOTHING.settle(Earlier.REFUSED)).doesNotThrowAnyException();
        assertThatCode(() -> NOTHING.settle(Earlier.DATA_REUSED)).doesNotThrowAnyException();
    }

    @Test
    void data_is_refused_by_name_and_place_where_nothing_may_be_left() {
        assertThatThrownBy(() -> DATA.settle(Earlier.REFUSED))
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("/somewhere/.strangler", "data of kafka", "--fresh");
        assertThatCode(() -> DATA.settle(Earlier.DATA_REUSED)).doesNotThrowAnyException();
    }

    @Test
    void a_living_process_is_refused_with_its_id_and_age() {
        assertThatThrownBy(() -> PROCESS.settle(Earlier.DATA_REUSED))
                .hasMessageContainingAll("kafka (process 4711 since 2026-01-01T00:00:00Z)", "Stop it");
    }
}
