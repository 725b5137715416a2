package dev.strangler.side.counting;

import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Database;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application that counts, as either side of a feature: what a team has that adds nothing but the room {@code side}. */
@SpringBootApplication
public class CountingApplication {

    /** Starts it on a free port as that side of the feature. */
    public static ConfigurableApplicationContext start(Side side, Database database, String... properties) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("spring.application.name", side == Side.MONOLITH ? "old" : "new");
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", database.username());
        settings.put("spring.datasource.password", database.password());
        settings.put("spring.datasource.hikari.maximum-pool-size", "4");
        settings.put("spring.flyway.schemas", "public");
        settings.put("spring.flyway.default-schema", "public");
        settings.put("spring.flyway.placeholders.side", side.name());
        for (var property : properties) {
            int equals = property.indexOf('=');
            settings.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return new SpringApplicationBuilder(CountingApplication.class)
                .properties(settings)
                .run();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
