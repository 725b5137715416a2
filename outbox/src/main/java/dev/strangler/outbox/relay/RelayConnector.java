package dev.strangler.outbox.relay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connector that carries one database's outbox to Kafka.
 *
 * @param name the connector's name, {@code <database>-outbox}
 * @param host where Connect reaches the database
 * @param port likewise
 * @param database the database whose outbox it reads
 * @param username the relay role, {@code <database>_relay}
 * @param password the relay role's password
 * @param slot the replication slot, {@code strangler_<database>}; never shared with anybody
 * @param publication the publication that the kit's schema made
 * @param pace how eagerly it reads
 * @param listener at which it says, under the name and password of the relay role, who writes; null where brokers let everybody write
 */
public record RelayConnector(
        String name,
        String host,
        int port,
        String database,
        String username,
        String password,
        String slot,
        String publication,
        RelayPace pace,
        @Nullable GuardedListener listener) {

    /** For brokers that let everybody write. */
    public RelayConnector(
            String name,
            String host,
            int port,
            String database,
            String username,
            String password,
            String slot,
            String publication,
            RelayPace pace) {
        this(name, host, port, database, username, password, slot, publication, pace, null);
    }

    /** The publication that the kit's schema makes. */
    public static final String PUBLICATION = "strangler_outbox";

    /** The connector of a database under the kit's names: {@code <database>-outbox}, {@code strangler_<database>}. */
    public static RelayConnector of(String host, int port, String database, String username, String password) {
        return new RelayConnector(
                database + "-outbox",
                host,
                port,
                database,
                username,
                password,
                slotOf(database),
                PUBLICATION,
                RelayPace.PROMPT);
    }

    /** The same from a JDBC address, {@code jdbc:postgresql://host:port/database}. */
    public static RelayConnector of(String jdbcUrl, String username, String password) {
        var address = DatabaseAddress.parse(jdbcUrl);
        return of(address.host(), address.port(), address.database(), username, password);
    }

    /** The slot's name for a database; characters that PostgreSQL forbids in it become underscores. */
    public static String slotOf(String database) {
        return "strangler_" + database.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    /** The same connector at another pace. */
    public RelayConnector at(RelayPace other) {
        return new RelayConnector(name, host, port, database, username, password, slot, publication, other, listener);
    }

    /** The same connector, which says who it is when it writes. */
    public RelayConnector writingAt(GuardedListener other) {
        return new RelayConnector(name, host, port, database, username, password, slot, publication, pace, other);
    }

    /** The topic of the connector's heartbeats: one tiny record per beat, read by nobody. */
    public String heartbeatTopic() {
        return "strangler." + database + ".heartbeat";
    }

    /** The connector's configuration as Connect takes it; each setting has its reason in {@link RelaySettings}. */
    public Map<String, String> configuration() {
        return RelaySettings.of(this);
    }

    @Override
    public String toString() {
        return "RelayConnector[%s: %s@%s:%d/%s, slot %s]".formatted(name, username, host, port, database, slot);
    }
}
