package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SandboxIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    static Path directory;

    private static Sandbox sandbox;
    private static EndWithJvm binding;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.in(directory, Ports.free(), Speed.QUICK);
        binding = EndWithJvm.of(sandbox.parts());
        sandbox.start(Earlier.REFUSED, new Printed("first start"));
        sandbox.close();
        sandbox.start(Earlier.DATA_REUSED, new Printed("warm start"));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        binding.close();
        assertThat(sandbox.leftOvers().running()).isEmpty();
    }

    @Test
    void postgresql_keeps_what_was_committed_when_it_is_killed_and_started_again() throws SQLException {
        var database = database("kept");
        execute(database, "create table kept(line text)");
        try (var busy = database.dataSource().getConnection();
                var statement = busy.createStatement()) {
            execute(database, "insert into kept values ('committed')");
            busy.setAutoCommit(false);
            statement.execute("insert into kept values ('not committed')");
            var killed = sandbox.postgres().pid();

            sandbox.postgres().kill();
            assertThat(sandbox.postgres().isRunning()).isFalse();
            sandbox.postgres().start();

            assertThat(sandbox.postgres().pid()).isNotEqualTo(killed);
        }
        assertThat(lines(database)).containsExactly("committed");
    }

    @Test
    void postgresql_starts_again_although_its_orphans_outlived_the_postmaster() throws SQLException {
        var database = database("orphaned");
        execute(database, "create table kept(line text)");
        execute(database, "insert into kept values ('before')");
        var postmaster = ProcessHandle.of(sandbox.postgres().pid()).orElseThrow();
        // A stopped process does not notice that its postmaster has gone, and stays attached to the shared memory.
        var checkpointer = postmaster.children().findFirst().orElseThrow();
        signal("STOP", checkpointer.pid());
        postmaster.destroyForcibly();
        await().until(() -> !sandbox.postgres().isRunning());

        sandbox.postgres().start();

        assertThat(Liveness.lives(checkpointer)).isFalse();
        assertThat(lines(database)).containsExactly("before");
    }

    @Test
    void kafka_keeps_what_was_acknowledged_when_it_is_killed_and_started_again()
            throws ExecutionException, InterruptedException, TimeoutException {
        sandbox.kafka().createTopic("kept.v1", 1);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.kafka().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept.v1", "key", "acknowledged"))
                    .get(30, TimeUnit.SECONDS);
        }

        sandbox.kafka().kill();
        var begun = System.nanoTime();
        sandbox.kafka().start();
        Printed.say("kafka after kill -9: %d ms".formatted((System.nanoTime() - begun) / 1_000_000));

        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", sandbox.kafka().bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition("kept.v1", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(consumer.poll(Duration.ofMillis(200)))
                            .extracting("value")
                            .containsExactly("acknowledged"));
        }
    }

    @Test
    void connect_runs_its_connector_on_when_it_is_killed_and_started_again() throws IOException, InterruptedException {
        database("streamed");
        put("/connectors/streamed/config", """
                {"connector.class": "io.debezium.connector.postgresql.PostgresConnector", "tasks.max": "1",
                 "topic.prefix": "streamed", "plugin.name": "pgoutput", "slot.name": "streamed", "snapshot.mode": "no_data",
                 "publication.autocreate.mode": "all_tables",
                 "database.hostname": "127.0.0.1", "database.port": "%d", "database.dbname": "streamed",
                 "database.user": "%s", "database.password": "%s"}""".formatted(
                        sandbox.ports().postgres(),
                        sandbox.postgres().superuser(),
                        sandbox.postgres().superuserPassword()));
        awaitRunningTask();

        sandbox.connect().kill();
        var begun = System.nanoTime();
        sandbox.connect().start();
        Printed.say("connect after kill -9, to REST: %d ms".formatted((System.nanoTime() - begun) / 1_000_000));
        awaitRunningTask();
        Printed.say("connect after kill -9, to running task: %d ms".formatted((System.nanoTime() - begun) / 1_000_000));
    }

    @Test
    void a_taken_port_is_named_with_its_owner(@TempDir Path other) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            var blocked = Sandbox.in(other, new Ports(port, port, port, port, port));
            for (var part : blocked.parts()) {
                assertThatThrownBy(part::start)
                        .isInstanceOf(SandboxException.class)
                        .hasMessageContainingAll(
                                part.name(),
                                Integer.toString(port),
                                "process %d (".formatted(ProcessHandle.current().pid()),
                                "java");
            }
        }
    }

    @Test
    void processes_and_data_of_a_run_are_found_by_the_next_one() {
        var next = Sandbox.in(directory, Ports.free(), Speed.QUICK);

        assertThat(next.leftOvers().running())
                .extracting(LeftOvers.Survivor::pid)
                .containsExactlyInAnyOrder(
                        sandbox.postgres().pid(),
                        sandbox.kafka().pid(),
                        sandbox.connect().pid());
        assertThat(next.leftOvers().data()).containsExactly("kafka", "postgres");
        assertThat(next.leftOvers().ports()).contains(sandbox.ports());
        assertThat(next.postgres().isRunning()).isTrue();
        assertThatThrownBy(next::start)
                .hasMessageContainingAll(
                        "kafka (process %d".formatted(sandbox.kafka().pid()), "--fresh");
        assertThatThrownBy(sandbox.kafka()::start)
                .hasMessageContaining(
                        "process %d already runs".formatted(sandbox.kafka().pid()));
    }

    private static Database database(String name) {
        sandbox.postgres().createDatabase(name, name, "secret");
        sandbox.postgres().createDatabase(name, name, "secret");
        return new Database(name, "127.0.0.1", sandbox.ports().postgres(), name, "secret");
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> lines(Database database) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select string_agg(line, ',') from kept")) {
            rows.next();
            return List.of(rows.getString(1).split(",", -1));
        }
    }

    private static void awaitRunningTask() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get("/connectors/streamed/status"))
                        .contains("\"tasks\":[{\"id\":0,\"state\":\"RUNNING\""));
    }

    private static String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(sandbox.connect().uri().resolve(path));
        return HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void put(String path, String json) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(sandbox.connect().uri().resolve(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .PUT(HttpRequest.BodyPublishers.ofString(json));
        assertThat(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    private static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(signal, pid))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
