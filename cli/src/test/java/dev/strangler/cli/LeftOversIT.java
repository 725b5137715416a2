package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.workspace.Run;
import dev.strangler.cli.workspace.StateFiles;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.sandbox.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands make of processes that are there already. The process is a real one that does nothing. */
class LeftOversIT {

    @TempDir
    Path directory;

    private CommandLines strangler;
    private Process idle;

    @BeforeEach
    void start() throws IOException {
        strangler = new CommandLines(directory);
        idle = new ProcessBuilder("sleep", "600").start();
        var identity = ProcessIdentity.of(idle.toHandle());
        Files.writeString(directory.resolve("facade.pid"), identity.pid() + " " + identity.start() + "\n");
    }

    @AfterEach
    void end() {
        idle.destroyForcibly();
    }

    @Test
    void a_second_up_is_refused_with_what_runs() {
        run(null);

        assertThat(strangler.run("up", "--only-check")).isEqualTo(3);
        assertThat(strangler.run("up", "--json")).isEqualTo(3);
        assertThat(strangler.json().path("message").asString())
                .contains("already runs here since 2026-11-21T12:00:00Z, port offset 70")
                .contains("facade (process " + idle.pid())
                .contains("./strangler down");
        assertThat(idle.isAlive()).isTrue();
    }

    @Test
    void down_ends_what_was_left_on_its_own_and_says_what() throws InterruptedException {
        run(null);

        assertThat(strangler.run("down")).isEqualTo(0);
        assertThat(strangler.out()).isEqualTo("Ended: facade (process " + idle.pid() + ").\n");
        assertThat(idle.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(strangler.run("down")).isEqualTo(0);
        assertThat(strangler.out()).isEqualTo("Nothing runs here.\n");
    }

    @Test
    void status_names_the_parts_and_ends_with_4_when_the_control_api_is_away() {
        run(null);
        strangler.environment.put("STRANGLER_TOKEN", "none");

        assertThat(strangler.run("status", "--json")).isEqualTo(4);
        assertThat(strangler.json().path("portOffset").asInt()).isEqualTo(70);
        var parts = strangler.json().path("parts");
        assertThat(parts.path(6).path("name").asString()).isEqualTo("facade");
        assertThat(parts.path(6).path("state").asString()).isEqualTo("not ready");
        assertThat(parts.path(6).path("pid").asLong()).isEqualTo(idle.pid());
        assertThat(parts.path(6).path("port").asInt()).isEqualTo(8150);
        assertThat(parts.path(0).path("state").asString()).isEqualTo("ended");
    }

    @Test
    void what_a_crashed_up_has_left_is_said_and_ended_by_the_next() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        run(new ProcessIdentity(dead.pid(), "1"));

        // There is no feature map here, so the start itself is refused; what matters comes before.
        assertThat(strangler.run("up", "--no-import")).isEqualTo(1);

        assertThat(idle.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(strangler.err())
                .contains("The last up has gone without ending its parts. Still running: facade (process " + idle.pid())
                .contains("ending facade (process " + idle.pid() + ")")
                .contains("strangler.yml");
        assertThat(directory.resolve("run.json")).doesNotExist();
        assertThat(directory.resolve("token")).doesNotExist();
    }

    @Test
    void an_offset_without_ports_is_a_mistake_of_usage_and_ends_nothing() {
        run(null);

        assertThat(strangler.run("up", "--port-offset", "46001")).isEqualTo(2);
        assertThat(idle.isAlive()).isTrue();
    }

    private void run(ProcessIdentity supervisor) {
        new StateFiles(new Workspace(directory, directory))
                .write(new Run(70, Instant.parse("2026-11-21T12:00:00Z"), supervisor));
    }
}
