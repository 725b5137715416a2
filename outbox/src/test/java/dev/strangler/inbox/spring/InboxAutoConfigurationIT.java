package dev.strangler.inbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.InboxSettings;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.inbox.TestEvents;
import dev.strangler.outbox.Origin;
import dev.strangler.outbox.spring.StranglerSchemaAutoConfiguration;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application with a handler bean needs nothing else but the broker's address. */
@WithInfrastructure
class InboxAutoConfigurationIT {

    private final Infrastructure infrastructure;
    private final ApplicationContextRunner application;

    InboxAutoConfigurationIT(Infrastructure infrastructure) {
        this.infrastructure = infrastructure;
        var database = infrastructure.database();
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        StranglerSchemaAutoConfiguration.class,
                        InboxAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.flyway.enabled=false");
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
    }

    private static final class Hearing implements InboxHandler {

        private final String topic;
        private final List<ReceivedEvent> heard = new CopyOnWriteArrayList<>();

        Hearing(String topic) {
            this.topic = topic;
        }

        @Override
        public String consumer() {
            return "hearing";
        }

        @Override
        public Set<String> topics() {
            return Set.of(topic);
        }

        @Override
        public void apply(List<ReceivedEvent> events) {
            heard.addAll(events);
        }
    }

    @Test
    void a_handler_bean_hears_of_events_and_is_measured_and_reported() {
        var topic = infrastructure.topic("assets");
        infrastructure.createTopic(topic, 1);
        TestEvents.publish(infrastructure.bootstrapServers(), topic, "a", 3);
        var hearing = new Hearing(topic);
        application
                .withBean(InboxHandler.class, () -> hearing)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("strangler.inbox.bootstrap-servers=" + infrastructure.bootstrapServers())
                .run(context -> {
                    soon().until(() -> hearing.heard.size() == 3);
                    var registry = context.getBean(SimpleMeterRegistry.class);
                    soon().until(() ->
                            registry.get("strangler.inbox.apply.lag").timer().count() == 3);
                    soon().untilAsserted(() -> assertThat(registry.get("strangler.inbox.records.behind")
                                    .gauge()
                                    .value())
                            .isZero());
                    soon().until(() ->
                            registry.get("strangler.inbox.partitions").gauge().value() == 1);
                    var health = context.getBean(InboxHealth.class).health();
                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails()).containsKey("hearing");
                    assertThat(context.getBean(Inboxes.class).find("hearing")).isPresent();
                });
    }

    @Test
    void who_applies_and_who_publishes_is_known_from_the_settings() {
        var topic = infrastructure.topic("settings");
        infrastructure.createTopic(topic, 1);
        application
                .withBean(InboxHandler.class, () -> new Hearing(topic))
                .withBean(Origin.class, () -> new Origin("dam"))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "strangler.inbox.bootstrap-servers=" + infrastructure.bootstrapServers(),
                        "strangler.inbox.applier-role=dam_applier")
                .run(context -> {
                    var settings = context.getBean(InboxSettings.class);
                    assertThat(settings.applierRole()).isEqualTo("dam_applier");
                    assertThat(settings.origin()).isEqualTo("dam");
                    context.getBean(InboxMeters.class).stale("hearing", 2);
                    assertThat(context.getBean(SimpleMeterRegistry.class)
                                    .get("strangler.inbox.stale")
                                    .counter()
                                    .count())
                            .isEqualTo(2);
                });
    }

    @Test
    void without_a_handler_nothing_is_needed_and_nothing_is_started() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Inboxes.class));
    }

    @Test
    void a_handler_without_the_brokers_address_is_refused_with_the_way_out() {
        application
                .withBean(InboxHandler.class, () -> new Hearing("t"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("bootstrap-servers is empty; name at least one broker"));
    }

    @Test
    void two_handlers_of_one_name_are_refused() {
        application
                .withBean("one", InboxHandler.class, () -> new Hearing("t"))
                .withBean("two", InboxHandler.class, () -> new Hearing("t"))
                .withPropertyValues("strangler.inbox.bootstrap-servers=localhost:1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Two inbox handlers have the consumer name 'hearing'"));
    }
}
