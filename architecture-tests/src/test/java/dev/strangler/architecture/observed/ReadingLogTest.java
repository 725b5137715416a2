package dev.strangler.architecture.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.strangler.architecture.sql.Verb;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the log prints becomes writes, and nothing of it is passed over. */
class ReadingLogTest {

    private final ReadingLog log = new ReadingLog();

    @Test
    void a_truncation_of_many_tables_is_one_of_each() {
        var tables = IntStream.range(0, 100).mapToObj(i -> "public.table_" + i).collect(Collectors.joining(", "));
        log.line("BEGIN 1", Map.of());
        log.line("table " + tables + ": TRUNCATE: (no-flags)", Map.of());
        log.line("COMMIT 1", Map.of());
        assertThat(log.writes()).hasSize(100).allMatch(write -> write.verb() == Verb.TRUNCATE);
    }

    @Test
    void a_change_that_can_not_be_read_is_refused_instead_of_lost() {
        assertThatIllegalStateException()
                .isThrownBy(() -> log.line("table public.a, public.b, publ", Map.of()))
                .withMessageContaining("would count as none");
    }
}
