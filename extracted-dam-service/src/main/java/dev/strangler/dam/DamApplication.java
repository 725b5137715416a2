package dev.strangler.dam;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The DAM service. */
@SpringBootApplication
public class DamApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(DamApplication.class, arguments);
    }
}
