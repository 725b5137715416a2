package dev.strangler.outbox.spring;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Lets Spring Boot run the kit's migrations first: those of Flyway have order 1, and everything that uses the database waits. */
class StranglerSchemaDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    private static final int BEFORE_THE_APPLICATIONS = 0;

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(StranglerSchemaInitializer.class);
    }

    @Override
    public int getOrder() {
        return BEFORE_THE_APPLICATIONS;
    }
}
