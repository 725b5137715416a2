package dev.strangler.facade;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The façade: proxy on the public port, control API on the control port. */
@SpringBootApplication
public class FacadeApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(FacadeApplication.class, arguments);
    }
}
