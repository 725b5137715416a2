package dev.strangler.side;

import dev.strangler.cutover.jdbc.SideSchema;
import dev.strangler.outbox.spring.StranglerSchemaInitializer;
import javax.sql.DataSource;

/** Migrates the outbox's schema and what moving ownership needs, both before the application's own migrations. */
class SideSchemaInitializer extends StranglerSchemaInitializer {

    private final DataSource owner;

    SideSchemaInitializer(DataSource owner) {
        super(owner);
        this.owner = owner;
    }

    @Override
    public void afterPropertiesSet() {
        SideSchema.migrate(owner);
    }
}
