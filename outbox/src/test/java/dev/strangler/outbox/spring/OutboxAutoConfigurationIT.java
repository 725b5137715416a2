package dev.strangler.outbox.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.strangler.outbox.AppendRefused;
import dev.strangler.outbox.EventCheck;
import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.OutboxEvent;
import dev.strangler.outbox.relay.RelayMonitor;
import dev.strangler.outbox.relay.RelayUnsound;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The outbox in an application with JPA and Flyway, as a monolith has them. */
@WithInfrastructure
class OutboxAutoConfigurationIT {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static ConfigurableApplicationContext application;
    private static Database database;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        EventCheck noPoison() {
            return event -> {
                if (event.payload().contains("poison")) {
                    throw new AppendRefused("poisoned");
                }
            };
        }

        /** As Spring Boot has it where tracing is there and no tracer. */
        @Bean
        Tracer tracer() {
            return Tracer.NOOP;
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    @Entity(name = "article")
    static class Article {

        @Id
        private String id;

        protected Article() {}

        Article(String id) {
            this.id = id;
        }
    }

    @BeforeAll
    static void start(Infrastructure infrastructure) {
        database = infrastructure.database();
        application = start(database);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void a_jpa_and_a_jdbc_write_and_the_event_commit_together_or_not_at_all() {
        var jdbc = application.getBean(JdbcTemplate.class);
        transactions().executeWithoutResult(status -> {
            application.getBean(EntityManager.class).persist(new Article("kept"));
            jdbc.update("insert into note values ('kept')");
            append("kept", 1, "{}");
        });
        transactions().executeWithoutResult(status -> {
            application.getBean(EntityManager.class).persist(new Article("dropped"));
            jdbc.update("insert into note values ('dropped')");
            append("dropped", 1, "{}");
            status.setRollbackOnly();
        });
        assertThatThrownBy(() -> transactions().executeWithoutResult(status -> {
                    append("kept", 2, "{}");
                    // Fails at the flush, after the event was appended.
                    application.getBean(EntityManager.class).persist(new Article("kept"));
                }))
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
        assertThat(jdbc.queryForList("select id from article", String.class)).containsExactly("kept");
        assertThat(jdbc.queryForList("select text from note", String.class)).containsExactly("kept");
        assertThat(jdbc.queryForList(
                        "select id from strangler.outbox where aggregateid in ('kept', 'dropped')", String.class))
                .containsExactly("monolith-Asset-kept-v1");
    }

    @Test
    void the_kits_schema_is_there_before_the_applications_own_migrations() {
        // V1 of the application takes part in the kit's tables, so it would have failed otherwise.
        assertThat(application
                        .getBean(JdbcTemplate.class)
                        .queryForObject("select count(*) from outbox_by_type", Long.class))
                .isNotNull();
    }

    @Test
    void the_answer_names_what_was_written_and_the_event_the_trace_of_the_request() {
        var request = new MockHttpServletRequest();
        request.addHeader("traceparent", TRACE);
        var response = new MockHttpServletResponse();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, response));
        try {
            transactions().executeWithoutResult(status -> {
                append("h-1", 1, "{}");
                append("h-1", 2, "{}");
                append("h-2", 5, "{}");
            });
            transactions().executeWithoutResult(status -> append("h-3", 1, "{}"));
            transactions().executeWithoutResult(status -> {
                append("h-4", 1, "{}");
                status.setRollbackOnly();
            });
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
        assertThat(response.getHeader("X-Strangler-Written")).isEqualTo("Asset:h-1:2,Asset:h-2:5,Asset:h-3:1");
        assertThat(application
                        .getBean(JdbcTemplate.class)
                        .queryForList(
                                "select distinct traceparent from strangler.outbox where aggregateid = 'h-2'",
                                String.class))
                .containsExactly(TRACE);
    }

    @Test
    void checks_of_the_application_and_counters_are_wired() {
        assertThatThrownBy(() -> transactions().executeWithoutResult(status -> append("p", 1, "\"poison\"")))
                .hasMessage("poisoned");
        transactions().executeWithoutResult(status -> append("counted", 1, "{}"));
        var meters = application.getBean(MeterRegistry.class);
        // What Spring Boot does where its module for metrics is there.
        application.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(meters));
        assertThat(meters.get("strangler.outbox.appended")
                        .tag("aggregate", "Asset")
                        .counter()
                        .count())
                .isPositive();
        await().untilAsserted(() -> assertThat(
                        meters.get("strangler.outbox.unrelayed.age").timeGauge().value())
                .isNotNaN());
    }

    @Test
    void an_outbox_without_a_relay_is_no_obstacle_but_is_said() {
        await().untilAsserted(() ->
                assertThat(application.getBean(RelayMonitor.class).report()).isPresent());
        var health = application
                .getBean("stranglerRelayHealthIndicator", HealthIndicator.class)
                .health();
        assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
        assertThat(health.getDetails().get("findings").toString()).contains("NOT_SET_UP");
    }

    @Test
    void the_application_does_not_start_when_its_slot_was_dropped(Infrastructure infrastructure) {
        var other = infrastructure.database("dropped");
        start(other).close();
        new JdbcTemplate(other.dataSource())
                .update("insert into strangler.relay_ledger values (?, '0/1', '0/1', 5)", "strangler_" + other.name());
        assertThatThrownBy(() -> start(other))
                .hasRootCauseInstanceOf(RelayUnsound.class)
                .rootCause()
                .hasMessageContaining("is gone, but it was there before")
                .hasMessageContaining("RelayRecovery");
        try (var warned = start(other, "strangler.outbox.relay.check=warn")) {
            await().untilAsserted(
                            () -> assertThat(warned.getBean("stranglerRelayHealthIndicator", HealthIndicator.class)
                                            .health()
                                            .getStatus())
                                    .isEqualTo(Status.DOWN));
        }
        start(other, "strangler.outbox.relay.check=off").close();
    }

    private static TransactionTemplate transactions() {
        return new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
    }

    private static void append(String id, long version, String payload) {
        application
                .getBean(Outbox.class)
                .append(new OutboxEvent("Asset", id, version, "AssetTagged", 1, payload, Instant.EPOCH));
    }

    private static ConfigurableApplicationContext start(Database database, String... more) {
        var properties = new java.util.ArrayList<>(List.of(
                "spring.datasource.url=" + database.jdbcUrl(),
                "spring.datasource.username=" + database.username(),
                "spring.datasource.password=" + database.password(),
                "spring.flyway.locations=classpath:dev/strangler/outbox/spring/shop",
                "spring.main.banner-mode=off",
                "strangler.outbox.origin=monolith",
                "strangler.outbox.topics.Asset=assets.v1",
                "strangler.outbox.relay.interval=500ms"));
        properties.addAll(List.of(more));
        return new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new))
                .run();
    }
}
