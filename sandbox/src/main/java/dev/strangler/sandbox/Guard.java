package dev.strangler.sandbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who may do what at the broker: a second listener at which clients say who they are, while those of the first are nobody in particular. What is
 * not allowed to somebody by rights given later is refused, but to the broker itself, the worker and the administrator.
 *
 * @param passwords of further clients, by name
 */
record Guard(Map<String, String> passwords) {

    /** Gives rights and makes topics. */
    static final String ADMINISTRATOR = "admin";

    /** The worker, whose own topics hold the passwords of all connectors. */
    static final String WORKER = "connect";

    private static final String BROKER = "broker";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    Guard {
        passwords = Map.copyOf(passwords);
    }

    void broker(Map<String, String> settings, Ports ports) {
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%s,GUARDED://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s"
                        .formatted(ports.kafka(), ports.kafkaGuarded(), ports.kafkaController()));
        settings.put(
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:%s,GUARDED://127.0.0.1:%s".formatted(ports.kafka(), ports.kafkaGuarded()));
        settings.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        settings.put("inter.broker.listener.name", "GUARDED");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        settings.put("listener.name.guarded.plain.sasl.jaas.config", logins());
        settings.put("listener.name.controller.plain.sasl.jaas.config", logins());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("allow.everyone.if.no.acl.found", "false");
        settings.put("super.users", "User:%s;User:%s;User:%s".formatted(BROKER, ADMINISTRATOR, WORKER));
    }

    /** The worker's own producers, consumers and clients; those of connectors say who they are by themselves. */
    void worker(Map<String, String> settings, Ports ports) {
        settings.put("bootstrap.servers", "127.0.0.1:" + ports.kafkaGuarded());
        settings.put("security.protocol", "SASL_PLAINTEXT");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", "%s username=\"%s\" password=\"%s\";".formatted(LOGIN, WORKER, WORKER));
    }

    private String logins() {
        var all = new TreeMap<>(passwords);
        for (var own : new String[] {BROKER, WORKER, ADMINISTRATOR}) {
            all.putIfAbsent(own, own);
        }
        return all.entrySet().stream()
                .map(login -> "user_%s=\"%s\"".formatted(login.getKey(), login.getValue()))
                .collect(Collectors.joining(
                        " ", "%s username=\"%s\" password=\"%s\" ".formatted(LOGIN, BROKER, all.get(BROKER)), ";"));
    }
}
