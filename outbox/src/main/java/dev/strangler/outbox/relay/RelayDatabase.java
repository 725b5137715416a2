package dev.strangler.outbox.relay;

import dev.strangler.outbox.StranglerSchema;
import dev.strangler.outbox.Unhurried;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The relay's end in the publishing database: its role, its rights and its slot. Makes what is missing, drops nothing. */
public class RelayDatabase {

    private static final Logger log = LoggerFactory.getLogger(RelayDatabase.class);

    private static final int WITH_FAILOVER = 170_000;
    private static final String DUPLICATE_OBJECT = "42710";
    /** Only against a database that never answers again: millions of rows take minutes. */
    private static final Duration APPENDING = Duration.ofHours(6);

    private final RelayConnector connector;
    private final DataSource owner;
    private final JdbcTemplate jdbc;

    /** @param owner connects as the owner of the connector's database */
    public RelayDatabase(RelayConnector connector, DataSource owner) {
        this.connector = connector;
        this.owner = owner;
        this.jdbc = new JdbcTemplate(owner);
    }

    /**
     * Makes the relay role unless it is there.
     *
     * @param administrator may make roles that replicate
     */
    public RelayDatabase role(DataSource administrator) {
        var admin = new JdbcTemplate(administrator);
        var verb = Boolean.TRUE.equals(admin.queryForObject(
                        "select exists (select from pg_roles where rolname = ?)", Boolean.class, connector.username()))
                ? "alter"
                : "create";
        if (verb.equals("create") || !canReplicate(admin)) {
            var statement = admin.queryForObject(
                    "select format('%s role %%I login replication password %%L', ?::text, ?::text)".formatted(verb),
                    String.class,
                    connector.username(),
                    connector.password());
            admin.execute(String.valueOf(statement));
            log.info("Role {} may replicate now", connector.username());
        }
        return this;
    }

    /**
     * Migrates the kit's schema, grants the relay role what it reads, and makes the slot of an outbox that never had one; rows
     * written before the slot are appended again, so nothing depends on who came first.
     *
     * @throws RelayRefused when the role is missing, or when the slot is gone though it was there before: making it anew in
     *     silence would skip what was committed meanwhile, see {@link RelayRecovery}
     */
    public RelayDatabase prepare() {
        StranglerSchema.migrate(owner);
        requireRole();
        grant();
        var isNoted = ledger().find(connector.slot()).isPresent();
        if (slot().isEmpty()) {
            if (isNoted) {
                throw new RelayRefused(SlotAdvice.gone(connector.slot()));
            }
            makeSlot();
        }
        if (!isNoted) {
            var earlier = appendAgain();
            if (earlier > 0) {
                log.info("Appended {} events again that may be older than slot {}", earlier, connector.slot());
            }
        }
        return this;
    }

    /** The slot's state; empty when there is none. */
    public Optional<SlotState> slot() {
        return new ReplicationSlots(owner).find(connector.slot());
    }

    RelayLedger ledger() {
        return new RelayLedger(owner);
    }

    /**
     * Appends again what was written since the last note, everything where there is none, and notes the slot; answers how many rows.
     * Both or neither, so that a crash in between repeats it rather than leaves it out. Takes as long as there are rows, whatever limit the owner's
     * connections have: the relay stands still until it is done.
     */
    long appendAgain() {
        return Unhurried.within(APPENDING, owner, unhurried -> {
            var rows = unhurried.queryForObject("select strangler.outbox_recover(?)", Long.class, connector.slot());
            return rows == null ? 0L : rows;
        });
    }

    /** As the relay role, since only a role that replicates may, over the address by which the owner comes. */
    void makeSlot() {
        var url = String.valueOf(jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getURL()));
        try (var connection = DriverManager.getConnection(url, connector.username(), connector.password());
                var statement = connection.prepareStatement(
                        connection.getMetaData().getDatabaseMajorVersion() * 10_000 >= WITH_FAILOVER
                                ? "select pg_create_logical_replication_slot(?, 'pgoutput', false, false, true)"
                                : "select pg_create_logical_replication_slot(?, 'pgoutput')")) {
            statement.setString(1, connector.slot());
            statement.execute();
            log.info("Made replication slot {}", connector.slot());
        } catch (SQLException e) {
            if (!DUPLICATE_OBJECT.equals(e.getSQLState())) {
                throw new RelayRefused(
                        "Cannot make replication slot %s as role %s: %s. Check wal_level=logical, max_replication_slots and the role's password."
                                .formatted(connector.slot(), connector.username(), e.getMessage()),
                        e);
            }
        }
    }

    private void requireRole() {
        if (!canReplicate(jdbc)) {
            throw new RelayRefused(
                    "Role %s is missing or may not replicate, so nothing can relay the outbox of %s. As an administrator run: create role %s login replication password '...';"
                            .formatted(connector.username(), connector.database(), connector.username()));
        }
    }

    private boolean canReplicate(JdbcTemplate any) {
        return Boolean.TRUE.equals(any.queryForObject(
                "select exists (select from pg_roles where rolname = ? and rolcanlogin and (rolreplication or rolsuper))",
                Boolean.class,
                connector.username()));
    }

    private void grant() {
        for (var right : new String[] {
            "usage on schema strangler",
            "select on strangler.outbox",
            "select, insert, delete on strangler.relay_heartbeat"
        }) {
            var statement = jdbc.queryForObject(
                    "select format('grant %s to %%I', ?::text)".formatted(right), String.class, connector.username());
            jdbc.execute(String.valueOf(statement));
        }
    }
}
