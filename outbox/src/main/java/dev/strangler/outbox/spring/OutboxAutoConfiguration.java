package dev.strangler.outbox.spring;

import dev.strangler.outbox.CommittedEvents;
import dev.strangler.outbox.CurrentTrace;
import dev.strangler.outbox.EventCheck;
import dev.strangler.outbox.EventTopics;
import dev.strangler.outbox.Origin;
import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.Outboxes;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The {@link Outbox} of an application that says who it is: {@code strangler.outbox.origin}. */
@AutoConfiguration(after = {StranglerSchemaAutoConfiguration.class, TraceAutoConfiguration.class})
@ConditionalOnBean(DataSource.class)
@ConditionalOnProperty("strangler.outbox.origin")
@EnableConfigurationProperties(OutboxProperties.class)
public class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Origin stranglerOrigin(OutboxProperties properties) {
        return new Origin(Objects.requireNonNull(properties.origin()));
    }

    @Bean
    @ConditionalOnMissingBean
    EventTopics stranglerEventTopics(OutboxProperties properties) {
        return new EventTopics(properties.topics());
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox stranglerOutbox(
            DataSource dataSource,
            Origin origin,
            EventTopics topics,
            OutboxProperties properties,
            ObjectProvider<EventCheck> checks,
            ObjectProvider<CurrentTrace> trace,
            ObjectProvider<CommittedEvents> committed) {
        var outbox = Outboxes.on(dataSource, origin, topics)
                .limitingPayloadTo(properties.maxPayloadBytes())
                .tracing(trace.getIfAvailable(() -> CurrentTrace.NONE))
                .telling(events -> committed.orderedStream().forEach(listener -> listener.committed(events)));
        checks.orderedStream().forEach(outbox::checking);
        return outbox.open();
    }
}
