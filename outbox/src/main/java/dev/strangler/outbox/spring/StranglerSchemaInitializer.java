package dev.strangler.outbox.spring;

import dev.strangler.outbox.StranglerSchema;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/** Migrates the kit's schema while the application starts, before its own migrations and before anything that writes. */
public class StranglerSchemaInitializer implements InitializingBean {

    private final DataSource owner;

    /** @param owner connects as the owner of the database */
    public StranglerSchemaInitializer(DataSource owner) {
        this.owner = owner;
    }

    @Override
    public void afterPropertiesSet() {
        StranglerSchema.migrate(owner);
    }
}
