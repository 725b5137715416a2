package dev.strangler.cli.up;

import dev.strangler.cli.workspace.Addresses;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.outbox.relay.ConnectClient;
import dev.strangler.outbox.relay.RelaySetup;
import dev.strangler.outbox.relay.RelayTopics;
import dev.strangler.outbox.relay.TopicSettings;
import dev.strangler.sandbox.Sandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who owns what in the sandbox: databases, roles and their passwords, and the environment in which each part learns of
 * the others. The passwords are no secrets: everything listens on the loopback address of a developer's machine.
 */
final class Settlement {

    private static final List<String> SIDES = List.of("monolith", "dam", "pim");
    private static final String FACADE = "facade";

    private final Workspace workspace;
    private final Addresses addresses;
    private final Sandbox sandbox;

    Settlement(Workspace workspace, Addresses addresses, Sandbox sandbox) {
        this.workspace = workspace;
        this.addresses = addresses;
        this.sandbox = sandbox;
    }

    /** Refuses a feature map that cannot be read or makes no sense. */
    void check() {
        features();
    }

    /** Under which connectors write their topics, as they read their databases; and of who gives them that right. */
    Map<String, String> passwordsAtBroker() {
        var passwords = new LinkedHashMap<String, String>();
        for (var side : features().deployables()) {
            var relay = side.database().relay();
            passwords.put(relay.name(), relay.password());
        }
        var guarded = features().guarded();
        if (guarded != null) {
            passwords.put(
                    guarded.administrator().name(), guarded.administrator().password());
        }
        return passwords;
    }

    /**
     * A database for each side and the façade, each owned by its role, and closed to those of the others; and for each side a role that may only
     * relay, one that only applies, and one that only looks.
     */
    void createDatabases() {
        var postgres = sandbox.postgres();
        for (var side : features().deployables()) {
            var database = side.database();
            var owner = database.owner();
            var name = side.connector().database();
            postgres.createDatabase(name, owner.name(), owner.password());
            postgres.createApplierRole(name, owner.name());
            var relay = database.relay();
            var verifier = database.verifier();
            postgres.createReplicationRole(relay.name(), relay.password());
            postgres.createVerifierRole(verifier.name(), verifier.password());
            postgres.closeDatabase(name, List.of(owner.name(), relay.name(), verifier.name()));
        }
        postgres.createDatabase(FACADE, FACADE, FACADE);
        postgres.closeDatabase(FACADE, List.of(FACADE));
    }

    /**
     * Rights, topics, slot and connector of what the shop publishes, before anything can be written. The façade makes sure of the
     * same at its start; what is there is left alone.
     */
    void setUpRelay() {
        var features = features();
        var owner = features.monolith().database().owner();
        var connector = features.connector(features.monolith());
        features.ensureTopicRights();
        new RelaySetup(new ConnectClient(features.connect()), new RelayTopics(features.kafkaAdministration()))
                .ensure(
                        connector,
                        sandbox.postgres().dataSource(connector.database(), owner.name(), owner.password()),
                        features.features().stream().map(Feature::topic).toList(),
                        TopicSettings.standard());
    }

    /** The feature map as the façade will read it. */
    private FeatureMap features() {
        return FeatureMap.load(workspace.featureMap(), facade(addresses.facade(), addresses.control()));
    }

    /** What the shop and the services are told. */
    Map<String, String> service(String name, int port) {
        var environment = common(name, port);
        environment.put(
                "BLOBS_DIRECTORY", workspace.data().resolve(name + "-blobs").toString());
        // Each side copies the blobs that were uploaded to the other.
        int source = name.equals("monolith") ? addresses.dam() : addresses.monolith();
        environment.put("BLOB_SOURCE_URL", Addresses.http(source).toString());
        return environment;
    }

    /** What a façade with these ports is told; the feature map names most of it by these variables. */
    Map<String, String> facade(int port, int control) {
        var environment = common(FACADE, control);
        environment.put("FACADE_PUBLIC_PORT", Integer.toString(port));
        Optional.ofNullable(System.getenv("RELAY_PACE")).ifPresent(pace -> environment.put("RELAY_PACE", pace));
        // A sandbox is where handovers are rehearsed.
        environment.put("FACADE_REHEARSAL", "true");
        environment.put("STRANGLER_MAP", workspace.featureMap().toString());
        environment.put("STRANGLER_TOKEN_FILE", workspace.token().toString());
        environment.put("KAFKA_GUARDED", sandbox.kafka().guardedServers());
        environment.put("CONNECT_URL", sandbox.connect().uri().toString());
        environment.put("MONOLITH_URL", Addresses.http(addresses.monolith()).toString());
        environment.put("DAM_URL", Addresses.http(addresses.dam()).toString());
        environment.put("PIM_URL", Addresses.http(addresses.pim()).toString());
        SIDES.forEach(side -> environment.put(side.toUpperCase(Locale.ROOT) + "_DATABASE_URL", jdbcUrl(side)));
        return environment;
    }

    private Map<String, String> common(String name, int port) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SPRING_DATASOURCE_URL", jdbcUrl(name));
        environment.put("SPRING_DATASOURCE_USERNAME", name);
        environment.put("SPRING_DATASOURCE_PASSWORD", name);
        environment.put("KAFKA_BOOTSTRAP", sandbox.kafka().bootstrapServers());
        return environment;
    }

    private String jdbcUrl(String database) {
        return sandbox.postgres().jdbcUrl(database);
    }
}
