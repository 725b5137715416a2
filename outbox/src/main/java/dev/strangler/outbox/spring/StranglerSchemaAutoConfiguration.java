package dev.strangler.outbox.spring;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Keeps the kit's schema in the application's database up to date; switched off by {@code strangler.schema.migrate=false}. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnBean(DataSource.class)
@ConditionalOnProperty(name = "strangler.schema.migrate", matchIfMissing = true)
@EnableConfigurationProperties(SchemaProperties.class)
public class StranglerSchemaAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StranglerSchemaInitializer stranglerSchemaInitializer(DataSource dataSource) {
        return new StranglerSchemaInitializer(dataSource);
    }
}
