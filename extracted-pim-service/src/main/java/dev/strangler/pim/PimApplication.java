package dev.strangler.pim;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The PIM service. */
@SpringBootApplication
public class PimApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(PimApplication.class, arguments);
    }
}
