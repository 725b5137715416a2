package dev.strangler.architecture.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exceptions excuse what they name, once, for a time, and nothing else. */
class ExceptionsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final String A = "W7 shop.products.Meddling.touch UPDATE asset ~1 #1";
    private static final String B = "W7 shop.products.Meddling.touch UPDATE asset ~1 #2";

    @TempDir
    Path directory;

    @Test
    void one_line_excuses_one_finding_and_no_second_one_like_it() throws IOException {
        write(A + " | ann | 2026-12-31 | waits for the command");
        var excused = judged(A, B).excusing(exceptions(), 5);
        assertThat(excused.breaches()).extracting(Finding::key).containsExactly(B);
        assertThat(excused.excused()).isEqualTo(1);
        assertThatThrownBy(excused::check).hasMessageContaining("what it does, B");
    }

    @Test
    void rewording_a_reason_changes_nothing() throws IOException {
        write(A + " | ann | 2026-12-31 | another reason altogether");
        assertThatCode(() -> judged(A).excusing(exceptions(), 1).check()).doesNotThrowAnyException();
    }

    @Test
    void a_line_that_matches_nothing_fails_and_pruning_takes_out_just_that_one() throws IOException {
        write("# kept", A + " | ann | 2026-12-31 | why not", B + " | ann | 2026-12-31 | why not");
        var judgement = judged(A);
        assertThatThrownBy(() -> judgement.excusing(exceptions(), 5).check())
                .hasMessageContaining("matches nothing any more");
        assertThat(exceptions().prune(judgement)).singleElement().asString().contains(B);
        assertThat(Files.readAllLines(file())).containsExactly("# kept", A + " | ann | 2026-12-31 | why not");
        assertThatCode(() -> judgement.excusing(exceptions(), 1).check()).doesNotThrowAnyException();
    }

    @Test
    void pruning_never_lets_a_new_finding_in() throws IOException {
        write(A + " | ann | 2026-12-31 | why not");
        exceptions().prune(judged(A, B));
        assertThat(judged(A, B).excusing(exceptions(), 5).breaches())
                .extracting(Finding::key)
                .containsExactly(B);
    }

    @Test
    void an_expired_line_fails_from_the_day_after() throws IOException {
        write(A + " | ann | 2026-11-21 | until today");
        assertThat(judged(A).excusing(exceptions(), 1).mistakes()).isEmpty();
        write(A + " | ann | 2026-11-20 | until yesterday");
        assertThat(judged(A).excusing(exceptions(), 1).mistakes())
                .singleElement()
                .asString()
                .contains("it ended on 2026-11-20");
    }

    @Test
    void lines_without_owner_day_or_reason_and_wildcards_fail() throws IOException {
        for (var line : List.of(
                A,
                A + " | ann | 2026-12-31 | ",
                A + " | ann | soon | because",
                A + " | who | 2026-12-31 | why",
                "W7 shop.* | ann | 2026-12-31 | all of it")) {
            write(line);
            assertThat(judged(A).excusing(exceptions(), 5).mistakes()).as(line).isNotEmpty();
        }
    }

    @Test
    void an_asterisk_that_is_part_of_a_finding_lets_nothing_else_in() throws IOException {
        var right = "W15 User:* PREFIXED * #1";
        write(right + " | ann | 2026-12-31 | the broker's own");
        assertThatCode(() -> judged(right).excusing(exceptions(), 1).check()).doesNotThrowAnyException();
        assertThat(judged(A).excusing(exceptions(), 1).mistakes()).isNotEmpty();
    }

    @Test
    void a_passing_check_prints_how_many_exceptions_there_are() throws IOException {
        write(A + " | ann | 2026-12-31 | why not");
        var printed = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            judged(A).excusing(exceptions(), 1).check();
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1 exceptions, at most 1");
    }

    @Test
    void lines_stand_sorted_and_once() throws IOException {
        write(B + " | ann | 2026-12-31 | b", A + " | ann | 2026-12-31 | a");
        assertThat(judged(A, B).excusing(exceptions(), 5).mistakes())
                .singleElement()
                .asString()
                .contains("sorted");
        write(A + " | ann | 2026-12-31 | a", A + " | ann | 2026-12-31 | b");
        assertThat(judged(A).excusing(exceptions(), 5).mistakes())
                .singleElement()
                .asString()
                .contains("twice");
    }

    @Test
    void more_exceptions_than_the_ceiling_fail_and_fewer_ask_for_a_lower_one() throws IOException {
        write(A + " | ann | 2026-12-31 | a", B + " | ann | 2026-12-31 | b");
        assertThat(judged(A, B).excusing(exceptions(), 1).mistakes())
                .singleElement()
                .asString()
                .contains("at most 1");
        assertThatThrownBy(() -> judged(A, B).excusing(exceptions(), 3).check())
                .hasMessageContaining("1 new ones would pass")
                .hasMessageContaining("lower the ceiling to 2");
    }

    @Test
    void the_exception_of_one_feature_does_not_excuse_another() throws IOException {
        Files.writeString(directory.resolve("assets.txt"), A + " | ann | 2026-12-31 | a\n");
        assertThat(judged(A).excusing(exceptions(), 5).breaches()).hasSize(1);
    }

    private Exceptions exceptions() {
        return Exceptions.in(directory, CLOCK);
    }

    private Path file() {
        return directory.resolve("products.txt");
    }

    private void write(String... lines) throws IOException {
        Files.write(file(), List.of(lines));
    }

    private static Judgement judged(String... keys) {
        return new Judgement(List.of(keys).stream()
                .map(key -> new Finding(Law.W7, "products", key, "what it does, " + (key.equals(A) ? "A" : "B")))
                .toList());
    }
}
