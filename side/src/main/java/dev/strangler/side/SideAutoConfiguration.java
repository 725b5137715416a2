package dev.strangler.side;

import dev.strangler.outbox.spring.StranglerSchemaAutoConfiguration;
import dev.strangler.outbox.spring.StranglerSchemaInitializer;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The side's part of the kit's schema, and the {@link Fences} in it. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class, before = StranglerSchemaAutoConfiguration.class)
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(SideProperties.class)
public class SideAutoConfiguration {

    /** Stands in for the outbox's own one, so that the two schemas are migrated in their order. */
    @Bean
    @ConditionalOnMissingBean(StranglerSchemaInitializer.class)
    @ConditionalOnProperty(name = "strangler.schema.migrate", matchIfMissing = true)
    StranglerSchemaInitializer stranglerSchemaInitializer(DataSource dataSource) {
        return new SideSchemaInitializer(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    Fences stranglerFences(DataSource dataSource, SideProperties properties) {
        return new Fences(dataSource, properties.openFor());
    }

    @Bean
    @ConditionalOnProperty("strangler.side.name-authors")
    NamingAuthors stranglerNamingAuthors(DataSource dataSource, SideProperties properties) {
        return new NamingAuthors(dataSource, properties.authors());
    }
}
