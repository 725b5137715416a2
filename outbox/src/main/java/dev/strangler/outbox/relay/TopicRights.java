package dev.strangler.outbox.relay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may write which topic, at brokers that refuse whatever nobody has allowed. Gives what is missing and takes nothing away, so it may run at
 * every start. Who does not say who he is may read events and nothing else.
 */
public class TopicRights {

    private static final Logger log = LoggerFactory.getLogger(TopicRights.class);

    private static final String ANYBODY = "User:ANONYMOUS";
    private static final String FROM_ANYWHERE = "*";

    private final Map<String, Object> administrator;

    /** @param administrator settings of a Kafka client that may give rights */
    public TopicRights(Map<String, Object> administrator) {
        this.administrator = Map.copyOf(administrator);
    }

    /**
     * Lets everybody read the topics and how they are kept, and these write theirs.
     *
     * @param topics of events
     * @param writers which topics each may write, by its name
     * @throws RelayRefused when the brokers do not answer within 30 seconds or refuse
     */
    public void ensure(Collection<String> topics, Map<String, ? extends Collection<String>> writers) {
        var rights = new ArrayList<AclBinding>();
        for (var topic : new TreeSet<>(topics)) {
            rights.addAll(of(
                    ANYBODY,
                    ResourceType.TOPIC,
                    topic,
                    AclOperation.READ,
                    AclOperation.DESCRIBE,
                    AclOperation.DESCRIBE_CONFIGS));
        }
        // Positions live in the readers' own databases, so what a group's name is used for harms nobody.
        rights.addAll(of(ANYBODY, ResourceType.GROUP, "*", AclOperation.READ, AclOperation.DESCRIBE));
        writers.forEach((name, written) -> written.forEach(topic -> rights.addAll(
                of("User:" + name, ResourceType.TOPIC, topic, AclOperation.WRITE, AclOperation.DESCRIBE))));
        try (var brokers = new AskingBrokers(administrator)) {
            brokers.await(brokers.admin().createAcls(rights).all(), "give rights to topics");
        }
        log.info("Topics are written by their owners' connectors only: {}", writers);
    }

    private static List<AclBinding> of(String who, ResourceType type, String name, AclOperation... operations) {
        var resource = new ResourcePattern(type, name, PatternType.LITERAL);
        return List.of(operations).stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(who, FROM_ANYWHERE, operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
