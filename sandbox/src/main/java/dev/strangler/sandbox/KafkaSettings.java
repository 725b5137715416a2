package dev.strangler.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings of the broker and the worker; each that differs from the default stands with its reason. */
final class KafkaSettings {

    private KafkaSettings() {}

    static Map<String, String> broker(Ports ports, Path data, Optional<Guard> guard) {
        var settings = new TreeMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + ports.kafkaController());
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s".formatted(ports.kafka(), ports.kafkaController()));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.kafka());
        settings.put("log.dirs", data.toString());
        // A topic appears because somebody meant it, with the settings that somebody chose.
        settings.put("auto.create.topics.enable", "false");
        // One broker: one replica is all there can be.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // 50 partitions of each would be created and opened for a handful of groups.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        // A group of one need not wait for others.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A killed broker may register again only when its former session has ended.
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        guard.ifPresent(guarding -> guarding.broker(settings, ports));
        return settings;
    }

    static Map<String, String> connect(Ports ports, Path plugins, Optional<Guard> guard) {
        var settings = new TreeMap<String, String>();
        settings.put("bootstrap.servers", "127.0.0.1:" + ports.kafka());
        settings.put("group.id", "strangler-connect");
        settings.put("listeners", "http://127.0.0.1:" + ports.connect());
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.put("rest.advertised.port", Integer.toString(ports.connect()));
        settings.put("plugin.path", plugins.toString());
        // Every plugin in use has its service manifest; scanning all classes costs seconds.
        settings.put("plugin.discovery", "service_load");
        // The outbox's payload is text already.
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("config.storage.topic", "strangler-connect-configs");
        settings.put("offset.storage.topic", "strangler-connect-offsets");
        settings.put("status.storage.topic", "strangler-connect-status");
        settings.put("config.storage.replication.factor", "1");
        settings.put("offset.storage.replication.factor", "1");
        settings.put("status.storage.replication.factor", "1");
        settings.put("offset.storage.partitions", "4");
        settings.put("status.storage.partitions", "1");
        // After a kill, at most this much is relayed again.
        settings.put("offset.flush.interval.ms", "1000");
        // The one worker's tasks come back with it instead of waiting five minutes for its return.
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "2000");
        // There is one broker to find. A client that begins anew while it is away does so without a pause, a thousand
        // times a second.
        settings.put("metadata.recovery.strategy", "none");
        guard.ifPresent(guarding -> guarding.worker(settings, ports));
        return settings;
    }
}
