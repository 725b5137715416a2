package dev.strangler.outbox.spring;

import dev.strangler.outbox.relay.RelayMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health and metrics of outbox and relay, each where the application has the library for it. */
@AutoConfiguration(
        after = RelayAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnProperty("strangler.outbox.origin")
public class RelayObservability {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class InHealth {

        @Bean
        @ConditionalOnBean(RelayMonitor.class)
        @ConditionalOnMissingBean(name = "stranglerRelayHealthIndicator")
        HealthIndicator stranglerRelayHealthIndicator(RelayMonitor monitor) {
            return new RelayHealth(monitor);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class InMetrics {

        @Bean
        @ConditionalOnBean(RelayMonitor.class)
        @ConditionalOnMissingBean
        RelayMeters stranglerRelayMeters(RelayMonitor monitor) {
            return new RelayMeters(monitor);
        }

        @Bean
        @ConditionalOnMissingBean
        AppendMeter stranglerAppendMeter(MeterRegistry registry) {
            return new AppendMeter(registry);
        }
    }
}
