package dev.strangler.side.idempotency;

import dev.strangler.side.Fences;
import dev.strangler.side.SideAutoConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** {@link Idempotency} on the application's data source and transaction manager. */
@AutoConfiguration(
        after = SideAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration"
        })
@ConditionalOnBean({Fences.class, PlatformTransactionManager.class, JsonMapper.class})
@EnableScheduling
@EnableConfigurationProperties(IdempotencyProperties.class)
public class IdempotencyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Idempotency stranglerIdempotency(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            JsonMapper json,
            Fences fences,
            IdempotencyProperties properties) {
        return new JdbcIdempotency(JdbcClient.create(dataSource), transactions, json, fences, properties);
    }

    @Bean
    @ConditionalOnMissingBean
    ForgettingAnswers stranglerForgettingAnswers(
            DataSource dataSource, IdempotencyProperties properties, ObjectProvider<Clock> clock) {
        return new ForgettingAnswers(JdbcClient.create(dataSource), properties, clock.getIfUnique(Clock::systemUTC));
    }
}
