package dev.strangler.facade.shadow;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.jdbc.JdbcShadows;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the comparing of reads together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShadowProperties.class)
class ShadowWiring {

    @Bean
    Shadows shadows(JdbcClient database, PlatformTransactionManager transactions) {
        return new JdbcShadows(database, new TransactionTemplate(transactions));
    }

    @Bean
    ComparingReads shadowing(FeatureMap map, Shadows shadows, ShadowProperties properties, Clock clock) {
        return new ComparingReads(map, shadows, properties, clock);
    }
}
