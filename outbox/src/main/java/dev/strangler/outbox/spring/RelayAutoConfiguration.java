package dev.strangler.outbox.spring;

import dev.strangler.outbox.OutboxRetention;
import dev.strangler.outbox.relay.ConnectClient;
import dev.strangler.outbox.relay.KafkaTails;
import dev.strangler.outbox.relay.RelayCheck;
import dev.strangler.outbox.relay.RelayConnector;
import dev.strangler.outbox.relay.RelayMonitor;
import dev.strangler.outbox.relay.RelayMonitor.ConnectorLookup;
import dev.strangler.outbox.relay.RelayedTopics;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.StringUtils;

/**
 * Checks the relay of an application's outbox when it starts and while it runs, and keeps the outbox's partitions. Switched off by
 * {@code strangler.outbox.relay.check=off}.
 */
@AutoConfiguration(after = OutboxAutoConfiguration.class)
@ConditionalOnBean(DataSource.class)
@ConditionalOnProperty("strangler.outbox.origin")
@ConditionalOnExpression("!'${strangler.outbox.relay.check:REFUSE}'.equalsIgnoreCase('OFF')")
@EnableConfigurationProperties(RelayProperties.class)
public class RelayAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    RelayNames stranglerRelayNames(DataSource dataSource, RelayProperties properties) {
        var database =
                String.valueOf(new JdbcTemplate(dataSource).queryForObject("select current_database()", String.class));
        return new RelayNames(
                StringUtils.hasText(properties.slot()) ? properties.slot() : RelayConnector.slotOf(database),
                StringUtils.hasText(properties.connector()) ? properties.connector() : database + "-outbox");
    }

    @Bean
    @ConditionalOnMissingBean
    OutboxRetention stranglerOutboxRetention(DataSource dataSource, RelayNames names, RelayProperties properties) {
        var retention = properties.retention();
        return new OutboxRetention(
                dataSource,
                names.slot(),
                new OutboxRetention.Settings(retention.keep(), retention.grace(), retention.daysAhead()));
    }

    @Bean
    @ConditionalOnMissingBean
    RelayCheck stranglerRelayCheck(
            DataSource dataSource,
            RelayNames names,
            RelayProperties properties,
            ObjectProvider<RelayedTopics> topics,
            Environment environment) {
        return new RelayCheck(
                dataSource, names.slot(), topics.getIfAvailable(() -> kafkaTails(properties, environment)));
    }

    @Bean
    @ConditionalOnMissingBean
    RelayMonitor stranglerRelayMonitor(
            DataSource dataSource,
            RelayNames names,
            RelayCheck check,
            OutboxRetention retention,
            RelayProperties properties,
            ObjectProvider<Clock> clock) {
        return new RelayMonitor(
                dataSource,
                names.slot(),
                check,
                retention,
                connectorLookup(names, properties),
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean
    RelayGuard stranglerRelayGuard(RelayMonitor monitor, RelayProperties properties) {
        return new RelayGuard(monitor, properties.check(), properties.interval());
    }

    private static @Nullable RelayedTopics kafkaTails(RelayProperties properties, Environment environment) {
        var servers = StringUtils.hasText(properties.bootstrapServers())
                ? properties.bootstrapServers()
                : environment.getProperty("strangler.inbox.bootstrap-servers");
        return StringUtils.hasText(servers)
                ? new KafkaTails(Map.of("bootstrap.servers", servers), properties.verifyWithin())
                : null;
    }

    private static ConnectorLookup connectorLookup(RelayNames names, RelayProperties properties) {
        var url = properties.connectUrl();
        if (url == null) {
            return ConnectorLookup.UNKNOWN;
        }
        var connect = new ConnectClient(url, properties.verifyWithin());
        return () -> connect.status(names.connector());
    }

    /** Under which names this database's relay runs. */
    record RelayNames(String slot, String connector) {}
}
