package dev.strangler.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.rehearse.Certificate.Passage;
import dev.strangler.cli.rehearse.Kill.Moment;
import dev.strangler.cli.up.Topology;
import dev.strangler.cutover.workflow.StepName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class EarlierCertificatesTest {

    private static final List<String> VICTIMS = Topology.everybody("dam");
    private static final Kill THERE = new Kill("dam", Moment.BEFORE, StepName.DRAIN, "forward");
    private static final Kill BACK = new Kill("facade", Moment.AFTER, StepName.OPEN, "back");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void portions_add_up() throws IOException {
        keep("1", certificate("map", "programs", "", List.of(), passage(THERE, "DONE")));
        keep("2", certificate("map", "programs", "", List.of(), passage(BACK, "ABORTED")));

        var sum = sum();

        assertThat(sum.kills()).containsExactlyInAnyOrder(THERE, BACK);
        assertThat(sum.certificates()).isEqualTo(2);
    }

    @Test
    void what_was_not_clean_counts_for_nothing() throws IOException {
        keep("lost", certificate("map", "programs", "", List.of("LOST a write"), passage(THERE, "DONE")));
        keep("stuck", certificate("map", "programs", "", List.of(), passage(THERE, "STUCK")));
        keep("missed", certificate("map", "programs", "", List.of(), passage(THERE, "MISSED")));
        keep("stopped", certificate("map", "programs", "a gate stayed closed", List.of(), passage(THERE, "DONE")));
        Files.writeString(folder.resolve("assets-cut-off.json"), "{\"feature\": \"ass");

        assertThat(sum().certificates()).isZero();
    }

    @Test
    void other_programs_and_another_map_are_rehearsed_anew() throws IOException {
        keep("programs", certificate("map", "others", "", List.of(), passage(THERE, "DONE")));
        keep("map", certificate("another", "programs", "", List.of(), passage(THERE, "DONE")));

        assertThat(sum().kills()).isEmpty();
    }

    @Test
    void nobody_has_rehearsed_where_there_is_no_folder() {
        assertThat(new EarlierCertificates(folder.resolve("none"))
                        .of("assets", "map", "programs", VICTIMS)
                        .kills())
                .isEmpty();
    }

    private EarlierCertificates.Sum sum() {
        return new EarlierCertificates(folder).of("assets", "map", "programs", VICTIMS);
    }

    private void keep(String name, Certificate certificate) throws IOException {
        Files.writeString(folder.resolve("assets-" + name + ".json"), new JsonMapper().writeValueAsString(certificate));
    }

    private static Passage passage(Kill kill, String outcome) {
        return new Passage(
                String.valueOf(kill.direction()), kill.toString(), outcome, -1, -1, List.of(), Spent.NOTHING);
    }

    private static Certificate certificate(
            String map, String programs, String stopped, List<String> violations, Passage passage) {
        return new Certificate(
                "assets",
                map,
                programs,
                Instant.EPOCH,
                1,
                16,
                1,
                200,
                1,
                0,
                0,
                1,
                1,
                Map.of(),
                Map.of(),
                0,
                List.of(),
                List.of(passage),
                violations,
                stopped);
    }
}
