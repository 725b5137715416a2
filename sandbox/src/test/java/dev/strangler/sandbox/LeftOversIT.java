package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LeftOversIT {

    @TempDir
    Path target;

    private ProcessHandle process;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void what_is_taken_over_loses_its_processes_and_keeps_its_data() throws IOException {
        leaveBehind(target);
        var found = LeftOvers.in(target);
        assertThat(found.running()).extracting(LeftOvers.Survivor::name).containsExactly("monolith");
        assertThat(found.data()).containsExactly("monolith");

        found.settle(Earlier.TAKEN_OVER);

        assertThat(Liveness.lives(process)).isFalse();
        assertThat(LeftOvers.in(target).running()).isEmpty();
        assertThat(target.resolve("data/monolith/kept")).exists();
    }

    @Test
    void what_is_discarded_loses_its_data_too_and_nothing_beside() throws IOException {
        leaveBehind(target);
        Files.writeString(target.resolve("token"), "secret");

        LeftOvers.in(target).settle(Earlier.DISCARDED);

        assertThat(Liveness.lives(process)).isFalse();
        assertThat(target.resolve("data")).doesNotExist();
        assertThat(target.resolve("token")).exists();
    }

    @Test
    void processes_of_a_test_run_that_was_killed_are_ended_by_the_next_one() throws IOException, InterruptedException {
        var killed = new ProcessBuilder("true").start();
        killed.waitFor();
        var earlier = target.resolve("sandbox-" + killed.pid());
        leaveBehind(earlier);
        var running = Files.createDirectories(
                target.resolve("sandbox-" + ProcessHandle.current().pid()));

        TestSandbox.endEarlierRuns(target);

        assertThat(Liveness.lives(process)).isFalse();
        assertThat(earlier).doesNotExist();
        assertThat(running).exists();
    }

    private void leaveBehind(Path directory) throws IOException {
        var data = Files.createDirectories(directory.resolve("data/monolith"));
        Files.writeString(data.resolve("kept"), "kept");
        var left = new ChildProcess("monolith", directory);
        left.launch(List.of("sleep", "600"), Map.of(), directory);
        process = left.running().orElseThrow();
    }
}
