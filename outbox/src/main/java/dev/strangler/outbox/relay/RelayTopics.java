package dev.strangler.outbox.relay;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that events go to. Makes what is missing, alters and deletes nothing. */
public class RelayTopics {

    private static final Logger log = LoggerFactory.getLogger(RelayTopics.class);

    private static final short DEFAULT_REPLICATION = -1;

    private final Map<String, Object> client;

    /** @param client settings of a Kafka client, at least {@code bootstrap.servers} */
    public RelayTopics(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /** For a broker without authentication. */
    public RelayTopics(String bootstrapServers) {
        this(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /**
     * Makes the topics that do not exist yet; says which. Where one exists with other settings it stays as it is, and a warning
     * says so.
     *
     * @throws RelayRefused when the broker does not answer within 30 seconds or refuses
     */
    public Collection<String> ensure(Collection<String> names, TopicSettings settings) {
        try (var brokers = new AskingBrokers(client)) {
            var made = new TreeSet<String>();
            for (var name : new TreeSet<>(names)) {
                if (create(brokers, name, settings)) {
                    made.add(name);
                } else {
                    compare(brokers, name, settings);
                }
            }
            return made;
        }
    }

    /** Makes the topic of the connector's heartbeats: one partition, compacted, since nobody reads more than the last. */
    public void ensureHeartbeat(RelayConnector connector) {
        var settings = new TopicSettings(1, DEFAULT_REPLICATION, Map.of("cleanup.policy", "compact"));
        ensure(Set.of(connector.heartbeatTopic()), settings);
    }

    private boolean create(AskingBrokers brokers, String name, TopicSettings settings) {
        var replication = settings.replicationFactor();
        var topic = new NewTopic(
                name,
                Optional.of(settings.partitions()),
                replication == DEFAULT_REPLICATION ? Optional.empty() : Optional.of(replication));
        topic.configs(settings.configs());
        try {
            brokers.await(brokers.admin().createTopics(Set.of(topic)).all(), "make topic " + name);
            log.info("Made topic {} with {} partitions, {}", name, settings.partitions(), settings.configs());
            return true;
        } catch (RelayRefused refused) {
            if (refused.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw refused;
        }
    }

    private void compare(AskingBrokers brokers, String name, TopicSettings settings) {
        var topics =
                brokers.await(brokers.admin().describeTopics(Set.of(name)).allTopicNames(), "describe topic " + name);
        var partitions = topics.values().iterator().next().partitions().size();
        if (partitions != settings.partitions()) {
            log.warn(
                    "Topic {} has {} partitions, the settings say {}. It stays so: changing it would break the order per key",
                    name,
                    partitions,
                    settings.partitions());
        }
    }
}
