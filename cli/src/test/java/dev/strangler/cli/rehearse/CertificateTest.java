package dev.strangler.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.rehearse.Certificate.Passage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CertificateTest {

    private static final Map<String, Long> ANSWERS =
            Map.of("write 201", 9L, "write 503", 2L, "read 200", 4L, "read 503", 1L);

    @Test
    void writes_that_had_to_come_again_leave_a_rehearsal_clean() {
        var certificate = certificate(new Recording.Trouble(Map.of(), 0));
        assertThat(certificate.isClean()).isTrue();
        assertThat(certificate.lines())
                .contains("unwelcome   none until the first fault; 0 requests without an answer in time");
    }

    @Test
    void one_read_that_showed_nothing_without_a_fault_is_not_clean() {
        var certificate = certificate(new Recording.Trouble(Map.of("read 503", 1L), 0));
        assertThat(certificate.isClean()).isFalse();
        assertThat(new JsonMapper().valueToTree(certificate).path("clean").asBoolean())
                .isFalse();
        assertThat(certificate.lines())
                .contains("unwelcome   read 503: 1 until the first fault; 0 requests without an answer in time");
    }

    @Test
    void what_had_no_answer_in_time_is_told_and_not_judged() {
        var certificate = certificate(new Recording.Trouble(Map.of(), 3));
        assertThat(certificate.isClean()).isTrue();
        assertThat(certificate.lines())
                .contains("unwelcome   none until the first fault; 3 requests without an answer in time");
    }

    private static Certificate certificate(Recording.Trouble trouble) {
        return new Certificate(
                "assets",
                "map",
                "programs",
                Instant.EPOCH,
                1,
                16,
                1,
                200,
                9,
                0,
                0,
                4,
                9,
                ANSWERS,
                trouble.unwelcome(),
                trouble.unanswered(),
                List.of(new Passage("forward", "", "DONE", 90, 120, List.of(), Spent.NOTHING)),
                List.of(),
                List.of(),
                "");
    }
}
