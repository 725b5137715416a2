package dev.strangler.sandbox;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The infrastructure as one test class sees it: names of its own on parts shared by the JVM. */
final class TestClassInfrastructure implements Infrastructure {

    private static final int LONGEST_NAME = 54;

    private final String prefix;
    private final Map<String, Database> databases = new ConcurrentHashMap<>();

    TestClassInfrastructure(String testClass) {
        this.prefix = identifier(testClass);
    }

    @Override
    public Database database() {
        return databases.computeIfAbsent(prefix, TestClassInfrastructure::create);
    }

    @Override
    public Database database(String suffix) {
        return databases.computeIfAbsent(identifier(prefix + "_" + suffix), TestClassInfrastructure::create);
    }

    @Override
    public String bootstrapServers() {
        return kafkaBroker().bootstrapServers();
    }

    @Override
    public URI connect() {
        return connectWorker().uri();
    }

    @Override
    public String topic(String suffix) {
        return prefix + "." + suffix;
    }

    @Override
    public void createTopic(String name, int partitions) {
        kafkaBroker().createTopic(name, partitions);
    }

    @Override
    public PostgresServer postgresServer() {
        return TestSandbox.ofThisJvm().postgres();
    }

    @Override
    public KafkaBroker kafkaBroker() {
        return TestSandbox.ofThisJvm().kafka();
    }

    @Override
    public ConnectWorker connectWorker() {
        return TestSandbox.ofThisJvm().connect();
    }

    private static Database create(String name) {
        var server = TestSandbox.ofThisJvm().postgres();
        var databases = new Databases(server.administrator());
        databases.create(name, name, name);
        databases.createRole(name, name, "createrole replication");
        databases.createApplier(name + Database.APPLIER, name);
        databases.createVerifier(name + Database.VERIFIER, name + Database.VERIFIER);
        return new Database(name, "127.0.0.1", server.port(), name, name);
    }

    static String identifier(String text) {
        var name = text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_");
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - 9) + "_" + Integer.toHexString(name.hashCode());
    }
}
