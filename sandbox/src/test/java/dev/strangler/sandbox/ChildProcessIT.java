package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ChildProcessIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private ChildProcess process;

    @BeforeEach
    void name() {
        process = new ChildProcess("part", directory);
    }

    @AfterEach
    void end() {
        process.kill();
    }

    @Test
    void a_process_that_ignores_the_signal_is_killed_after_the_limit() {
        shell("trap '' TERM; echo deaf; while :; do sleep 1; done");
        process.await(LONG, () -> process.logTail().contains("deaf"));
        var handle = process.running().orElseThrow();

        process.stop("TERM", Duration.ofMillis(200));

        assertThat(Liveness.lives(handle)).isFalse();
        assertThat(process.running()).isEmpty();
    }

    @Test
    void a_process_that_dies_is_reported_at_once_with_the_end_of_its_log() {
        shell("echo first; echo 'disk is full'; exit 3");
        assertThatThrownBy(() -> process.await(LONG, () -> false))
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("part died before it was ready", "part.log", "disk is full");
    }

    @Test
    void a_process_that_never_answers_is_ended_and_said() {
        shell("echo waiting for nothing; sleep 600");
        var handle = process.running().orElseThrow();
        assertThatThrownBy(() -> process.await(Duration.ofMillis(300), () -> false))
                .hasMessageContainingAll("part was not ready", "waiting for nothing");
        assertThat(Liveness.lives(handle)).isFalse();
    }

    @Test
    void a_kill_takes_the_children_along() {
        shell("sleep 600 & echo child $!; wait");
        process.await(LONG, () -> process.logTail().contains("child"));
        var child = ProcessHandle.of(Long.parseLong(process.logTail().replaceAll("\\D", "")))
                .orElseThrow();

        process.kill();

        assertThat(Liveness.lives(child)).isFalse();
    }

    @Test
    void a_second_start_is_refused_while_the_first_process_lives() {
        shell("sleep 600");
        assertThatThrownBy(() -> shell("sleep 600"))
                .hasMessageContaining("process %d already runs".formatted(process.pid()));
    }

    @Test
    void a_pid_that_now_belongs_to_somebody_else_is_not_believed() throws IOException {
        Files.writeString(directory.resolve("part.pid"), ProcessHandle.current().pid() + " 1");
        assertThat(process.running()).isEmpty();
    }

    @Test
    void a_damaged_pid_file_is_said_and_not_guessed() throws IOException {
        var file = Files.writeString(directory.resolve("part.pid"), "garbage");
        assertThatThrownBy(process::running).hasMessageContainingAll("part.pid", "delete the file");
        Files.delete(file);
    }

    @Test
    void a_process_outlives_its_jvm_and_is_found_by_the_next() throws IOException, InterruptedException {
        var jvm = starter("detached");
        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(process.running()).isPresent();
        process.stop("TERM", LONG);
        assertThat(process.running()).isEmpty();
    }

    @Test
    void a_process_bound_to_its_jvm_ends_when_that_is_told_to_end() throws IOException {
        var jvm = starter("bound");
        await().atMost(LONG)
                .until(() -> process.running().isPresent() && process.logTail().contains("up"));
        var handle = process.running().orElseThrow();

        jvm.destroy();

        await().atMost(LONG).until(() -> !Liveness.lives(handle));
    }

    private void shell(String script) {
        process.launch(List.of("/bin/sh", "-c", script), Map.of(), directory);
    }

    private Process starter(String mode) throws IOException {
        return new ProcessBuilder(
                        KafkaJvm.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        mode,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("starter.log").toFile())
                .start();
    }
}
