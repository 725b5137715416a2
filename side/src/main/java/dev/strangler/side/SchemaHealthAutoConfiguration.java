package dev.strangler.side;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** {@code /actuator/health/schema}, where Flyway looks after the application's schema. */
@AutoConfiguration(afterName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, Flyway.class})
@ConditionalOnBean(Flyway.class)
public class SchemaHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "schemaHealthIndicator")
    SchemaHealth schemaHealthIndicator(List<Flyway> histories) {
        return new SchemaHealth(histories);
    }
}
