package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the check in containers is left out, and when that is a failure: with scripts in the place of an engine and of who makes images. */
@Timeout(60)
class CheckingContainersIT {

    private static final Path SCRIPT = Path.of("..", ".ci", "containers");
    private static final String FAILS = "exit 1";

    @TempDir
    private Path place = Path.of("");

    @BeforeEach
    void bring() throws IOException {
        var copy = place.resolve("checkout").resolve(".ci").resolve("containers");
        Files.createDirectories(copy.getParent());
        Files.copy(SCRIPT, copy);
        write("shared/containers/env", "");
        write("bin/docker-compose", FAILS);
    }

    @Test
    void images_that_cannot_be_made_are_a_failure_where_an_engine_answers() throws Exception {
        write("shared/containers/build", "echo 'the mirror is away'; exit 1");
        write("bin/docker", engineWithoutCompose());
        var checked = check();
        assertThat(checked.exitCode()).as(checked.said()).isEqualTo(1);
        assertThat(checked.said()).contains("an engine answers, but the images can't be made (the mirror is away)");
    }

    @Test
    void an_engine_without_compose_is_a_failure() throws Exception {
        write("shared/containers/build", "echo 'made'");
        write("bin/docker", engineWithoutCompose());
        var checked = check();
        assertThat(checked.exitCode()).as(checked.said()).isEqualTo(1);
        assertThat(checked.said()).contains("neither `docker compose` nor `docker-compose`; install one of them");
    }

    @Test
    void a_machine_without_an_engine_goes_without_and_says_why() throws Exception {
        write("shared/containers/build", "echo 'needs root'; exit 1");
        write("bin/docker", FAILS);
        var checked = check();
        assertThat(checked.exitCode()).as(checked.said()).isZero();
        assertThat(checked.said().lines())
                .last()
                .asString()
                .endsWith("not run: no container engine answers here, and none could be had (needs root)");
    }

    private static String engineWithoutCompose() {
        return "[ \"$1\" != compose ]";
    }

    private void write(String path, String script) throws IOException {
        var file = place.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Checked(int exitCode, String said) {}

    private Checked check() throws IOException, InterruptedException {
        var said = place.resolve("said");
        var checking = new ProcessBuilder("bash", "checkout/.ci/containers")
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        checking.environment()
                .merge("PATH", place.resolve("bin").toString(), (path, own) -> own + File.pathSeparator + path);
        var process = checking.start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            return new Checked(process.exitValue(), Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }
}
