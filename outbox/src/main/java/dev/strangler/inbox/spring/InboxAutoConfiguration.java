package dev.strangler.inbox.spring;

import dev.strangler.inbox.Inbox;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.InboxSettings;
import dev.strangler.inbox.InboxTracing;
import dev.strangler.inbox.Rebuild;
import dev.strangler.inbox.RebuildRequests;
import dev.strangler.outbox.Origin;
import dev.strangler.outbox.spring.StranglerSchemaAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Starts one {@link Inbox} for each {@link InboxHandler} bean, on the application's data source and transaction manager. */
@AutoConfiguration(
        after = StranglerSchemaAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        })
@ConditionalOnBean({InboxHandler.class, DataSource.class, PlatformTransactionManager.class})
@ConditionalOnProperty(name = "strangler.inbox.enabled", matchIfMissing = true)
@EnableConfigurationProperties(InboxProperties.class)
public class InboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InboxSettings stranglerInboxSettings(InboxProperties properties, ObjectProvider<Origin> origin) {
        var own = origin.getIfUnique();
        return properties.settings(own == null ? "" : own.value());
    }

    @Bean
    @ConditionalOnMissingBean
    Inboxes stranglerInboxes(
            List<InboxHandler> handlers,
            InboxSettings settings,
            DataSource dataSource,
            PlatformTransactionManager transactionManager,
            ObjectProvider<InboxListener> listeners,
            ObjectProvider<InboxTracing> tracing) {
        var listener = new InboxListeners(listeners);
        var follow = tracing.getIfAvailable(() -> InboxTracing.NONE);
        return new Inboxes(handlers.stream()
                .map(handler -> new Inbox(handler, settings, dataSource, transactionManager, listener, follow))
                .toList());
    }

    @Bean
    @ConditionalOnMissingBean
    RebuildRequests stranglerRebuildRequests(
            List<InboxHandler> handlers,
            ObjectProvider<Rebuild> own,
            InboxSettings settings,
            DataSource dataSource,
            PlatformTransactionManager transactionManager) {
        var rebuilds = new ArrayList<>(own.orderedStream().toList());
        for (var handler : handlers) {
            handler.projection()
                    .filter(projection -> rebuilds.stream()
                            .noneMatch(rebuild -> rebuild.consumer().equals(handler.consumer())))
                    .ifPresent(projection ->
                            rebuilds.add(new Rebuild(handler, projection, settings, dataSource, transactionManager)));
        }
        return new RebuildRequests(rebuilds, dataSource);
    }

    @Bean
    @ConditionalOnMissingBean(name = "stranglerRebuilding")
    Rebuilding stranglerRebuilding(RebuildRequests requests) {
        return new Rebuilding(requests);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        @ConditionalOnMissingBean(name = "stranglerInboxMeters")
        InboxMeters stranglerInboxMeters(
                MeterRegistry registry, ObjectProvider<Clock> clock, ObjectProvider<Inboxes> inboxes) {
            return new InboxMeters(registry, clock.getIfUnique(Clock::systemUTC), inboxes);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthOfInboxes {

        @Bean
        @ConditionalOnMissingBean(name = "stranglerInboxHealthIndicator")
        InboxHealth stranglerInboxHealthIndicator(Inboxes inboxes, ObjectProvider<Clock> clock) {
            return new InboxHealth(inboxes, clock.getIfUnique(Clock::systemUTC));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Tracer.class, Propagator.class})
    static class Tracing {

        @Bean
        @ConditionalOnBean({Tracer.class, Propagator.class})
        @ConditionalOnMissingBean(InboxTracing.class)
        InboxTracing stranglerInboxTracing(Tracer tracer, Propagator propagator) {
            return new TracerInboxTracing(tracer, propagator);
        }
    }
}
