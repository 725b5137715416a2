package dev.strangler.pim;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The PIM service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class PimApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(PimApplication.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
