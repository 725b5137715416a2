package dev.strangler.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.strangler.outbox.EventTopics;
import dev.strangler.outbox.Origin;
import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.OutboxEvent;
import dev.strangler.outbox.Outboxes;
import dev.strangler.outbox.relay.ConnectClient;
import dev.strangler.outbox.relay.RelayConnector;
import dev.strangler.outbox.relay.RelayDatabase;
import dev.strangler.outbox.relay.RelaySetup;
import dev.strangler.outbox.relay.RelayTopics;
import dev.strangler.outbox.relay.TopicSettings;
import dev.strangler.sandbox.Part;
import dev.strangler.sandbox.Ports;
import dev.strangler.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A sandbox with one publishing database and one consuming database, thrown away at the end. */
final class Workbench implements AutoCloseable {

    static final String TOPIC = "orders.v1";

    /** 348 characters, the size that the recorded peers were measured with. */
    static final String PAYLOAD =
            "{\"id\":\"7f8c1a52-93a4-4b0c-8a56-0f5d0d9c1e11\",\"text\":\"" + "x".repeat(293) + "\"}";

    private static final String WRITER = "writer";
    private static final String READER = "reader";

    private final Path directory;
    private final Sandbox sandbox;
    private final HikariDataSource writer;
    private final HikariDataSource reader;
    private final List<HikariDataSource> furthers = new ArrayList<>();
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;

    private Workbench(Path directory, Sandbox sandbox) {
        this.directory = directory;
        this.sandbox = sandbox;
        this.writer = database(WRITER);
        this.reader = database(READER);
        new RelayDatabase(connector(), writer)
                .role(sandbox.postgres().administrator())
                .prepare();
        this.outbox = Outboxes.on(writer, new Origin("bench"), new EventTopics(Map.of("Order", TOPIC)))
                .open();
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(writer));
        this.jdbc = new JdbcTemplate(writer);
        jdbc.execute("create table business (id bigint generated always as identity primary key, body text not null)");
    }

    static Workbench open() throws IOException {
        var directory = Files.createTempDirectory("strangler-benchmark");
        var sandbox = Sandbox.in(directory, Ports.free());
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
        sandbox.start();
        return new Workbench(directory, sandbox);
    }

    private HikariDataSource database(String name) {
        sandbox.postgres().createDatabase(name, name, name);
        var settings = new HikariConfig();
        settings.setJdbcUrl(sandbox.postgres().jdbcUrl(name));
        settings.setUsername(name);
        settings.setPassword(name);
        settings.setMaximumPoolSize(20);
        return new HikariDataSource(settings);
    }

    /** One more database, with the role that applies; closed with the others. */
    DataSource furtherDatabase(String name) {
        var further = database(name);
        sandbox.postgres().createApplierRole(name, name);
        furthers.add(further);
        return further;
    }

    /** The connector of the publishing database, not yet registered. */
    RelayConnector connector() {
        return RelayConnector.of(sandbox.postgres().jdbcUrl(WRITER), "writer_relay", "writer_relay");
    }

    /** Sets the relay running: topic, slot, connector. */
    void relay() {
        setup().ensure(connector(), writer, List.of(TOPIC), TopicSettings.standard());
    }

    RelaySetup setup() {
        return new RelaySetup(connect(), new RelayTopics(bootstrap()));
    }

    ConnectClient connect() {
        return new ConnectClient(sandbox.connect().uri());
    }

    String bootstrap() {
        return sandbox.kafka().bootstrapServers();
    }

    DataSource writer() {
        return writer;
    }

    DataSource reader() {
        return reader;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    DataSource administratorOfWriter() {
        return sandbox.postgres().dataSource(WRITER, superuser(), superuserPassword());
    }

    List<Part> parts() {
        return sandbox.parts();
    }

    String urlOfWriter() {
        return sandbox.postgres().jdbcUrl(WRITER);
    }

    String superuser() {
        return sandbox.postgres().superuser();
    }

    String superuserPassword() {
        return sandbox.postgres().superuserPassword();
    }

    TransactionTemplate transaction() {
        return transaction;
    }

    /** One business row. */
    void write() {
        jdbc.update("insert into business (body) values (?)", PAYLOAD);
    }

    /** One event of an aggregate of its own. */
    void append(String id) {
        outbox.append(new OutboxEvent("Order", id, 1, "OrderPlaced", 1, PAYLOAD, Instant.EPOCH));
    }

    /** A consumer that belongs to no group and commits nothing. */
    KafkaConsumer<String, String> consumer() {
        var settings = new Properties();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(settings);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        reader.close();
        furthers.forEach(HikariDataSource::close);
        sandbox.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
