package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.laws.Law;
import dev.strangler.architecture.laws.TopicLaws;
import dev.strangler.architecture.laws.TopicRight;
import dev.strangler.cutover.FeatureMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Brokers and workers of the running shop let nobody write a feature's topic but whom the map names. */
class TopicWritersDrill {

    private static final Set<AclOperation> WRITING = Set.of(AclOperation.WRITE, AclOperation.ALL);

    private final RunningShop shop = RunningShop.shared();
    private final TopicLaws laws = TopicLaws.of(FeatureMap.load(Path.of("..", "strangler.yml"), Map.of()));

    @Test
    void each_topic_is_written_by_its_two_sides_connectors_only() throws Exception {
        var rights = rights();
        var connectors = connectors();
        assertThat(connectors).hasSize(3);

        laws.judge(rights, connectors).check();

        rights.add(new TopicRight("User:pim_relay", "assets", true));
        assertThat(laws.judge(rights, connectors).of(Law.W15)).hasSize(1);
    }

    private List<TopicRight> rights() throws Exception {
        var rights = new ArrayList<TopicRight>();
        try (var brokers = Admin.create(shop.kafkaAs("admin", "admin"))) {
            for (var binding :
                    brokers.describeAcls(AclBindingFilter.ANY).values().get(30, TimeUnit.SECONDS)) {
                var resource = binding.pattern();
                var entry = binding.entry();
                if (resource.resourceType() == ResourceType.TOPIC && WRITING.contains(entry.operation())) {
                    boolean isPrefix = resource.patternType() == PatternType.PREFIXED;
                    rights.add(new TopicRight(entry.principal(), resource.name(), isPrefix));
                }
            }
        }
        return rights;
    }

    private Map<String, Map<String, String>> connectors() throws Exception {
        var connectors = new HashMap<String, Map<String, String>>();
        var told = new Client(shop.connect()).get("/connectors?expand=info").expecting(200);
        told.json().properties().forEach(connector -> {
            var settings = new HashMap<String, String>();
            connector
                    .getValue()
                    .path("info")
                    .path("config")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asString()));
            connectors.put(connector.getKey(), settings);
        });
        return connectors;
    }
}
