package dev.strangler.outbox.relay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A listener of the brokers at which every client says who it is, so that rights to topics can be given to one and not to another.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param protocol {@code SASL_PLAINTEXT}, or {@code SASL_SSL} wherever others can listen to the network
 * @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}
 */
public record GuardedListener(String bootstrapServers, String protocol, String mechanism) {

    /** Names and passwords as they are: for one machine. */
    public static GuardedListener plain(String bootstrapServers) {
        return new GuardedListener(bootstrapServers, "SASL_PLAINTEXT", "PLAIN");
    }

    /** What a client sets to be this one, by Kafka's names; without the bootstrap servers. */
    public Map<String, String> identity(String name, String password) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("security.protocol", protocol);
        settings.put("sasl.mechanism", mechanism);
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.%s required username=%s password=%s;"
                        .formatted(
                                mechanism.startsWith("SCRAM") ? "scram.ScramLoginModule" : "plain.PlainLoginModule",
                                quoted(name),
                                quoted(password)));
        return settings;
    }

    /** The same, and where to connect. */
    public Map<String, Object> client(String name, String password) {
        var settings = new LinkedHashMap<String, Object>(identity(name, password));
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
