package dev.strangler.monolith;

import dev.strangler.media.Media;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The shop monolith: assets and products in one process and one database. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@Import(Media.class)
public class MonolithApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(MonolithApplication.class, arguments);
    }

    /** The time in whole microseconds, which is what PostgreSQL keeps: an instant stored equals the instant answered. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
