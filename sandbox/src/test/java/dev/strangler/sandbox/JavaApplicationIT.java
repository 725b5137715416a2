package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class JavaApplicationIT {

    @TempDir
    Path directory;

    private int port;
    private JavaApplication application;

    @BeforeEach
    void greeter() throws IOException {
        port = ReservedPorts.next();
        application = application(jar(), Map.of("PORT", Integer.toString(port), "GREETING", "good morning"));
    }

    @AfterEach
    void end() {
        application.kill();
    }

    @Test
    void an_executable_jar_runs_with_its_environment_until_it_is_stopped() throws IOException, InterruptedException {
        application.start();

        assertThat(answer()).isEqualTo("good morning");
        application.stop();
        assertThat(application.isRunning()).isFalse();
        assertThat(application.log()).content().contains("ended in good order");
    }

    @Test
    void a_killed_application_starts_again() throws IOException, InterruptedException {
        application.start();
        application.kill();
        assertThat(application.log()).content().doesNotContain("ended in good order");
        application.start();
        assertThat(answer()).isEqualTo("good morning");
    }

    @Test
    void an_application_that_fails_at_its_start_shows_why() throws IOException {
        application = application(jar(), Map.of("PORT", "none"));
        assertThatThrownBy(application::start)
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("greeter died", "NumberFormatException");
    }

    @Test
    void a_jar_that_was_not_built_is_refused() {
        application = application(directory.resolve("missing.jar"), Map.of());
        assertThatThrownBy(application::start).hasMessageContainingAll("missing.jar", "Build it first");
    }

    private JavaApplication application(Path jar, Map<String, String> environment) {
        return JavaApplication.in(
                directory,
                "greeter",
                JavaApplication.Launch.of(
                                jar, environment, directory.resolve("work"), URI.create("http://127.0.0.1:" + port))
                        .withOptions(List.of("-Xmx64m", "-Xshare:auto"))
                        .within(Duration.ofSeconds(60)));
    }

    private String answer() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Path jar() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Greeter.class.getName());
        var file = directory.resolve("greeter.jar");
        var path = Greeter.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var bytes = Greeter.class.getClassLoader().getResourceAsStream(path)) {
            jar.putNextEntry(new ZipEntry(path));
            bytes.transferTo(jar);
        }
        return file;
    }
}
