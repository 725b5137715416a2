package dev.strangler.facade;

import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The façade: proxy on the public port, control API on the control port. */
@SpringBootApplication
public class FacadeApplication {

    public static void main(String[] arguments) {
        // What operators read is English, in the digits that they can copy into commands.
        Locale.setDefault(Locale.ROOT);
        SpringApplication.run(FacadeApplication.class, arguments);
    }
}
