package dev.strangler.dam;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The DAM service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DamApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(DamApplication.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
