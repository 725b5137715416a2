package dev.strangler.monolith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The shop monolith: assets and products in one process and one database. */
@SpringBootApplication
public class MonolithApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(MonolithApplication.class, arguments);
    }
}
