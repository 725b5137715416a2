package dev.strangler.architecture.observed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Watches all committed row changes of a database. A logical slot keeps them, whoever makes them and on whatever way; and a trigger on each table, those
 * that come later included, writes into the log who the transaction says it works for. A change of which no trigger told is one that went around
 * triggers. For scratch databases: each statement that writes costs one more record in the log, and the log is kept until it is collected.
 */
public final class Observing implements AutoCloseable {

    private static final int MOST_AT_ONCE = 20_000;
    private static final String SCHEMA = "strangler_observed";

    private static final String WATCH = """
            create schema if not exists strangler_observed;
            grant usage on schema strangler_observed to public;
            create or replace function strangler_observed.tell() returns trigger language plpgsql as $$
            begin
                perform pg_logical_emit_message(true, '%1$s', concat_ws(E'\\t',
                    quote_ident(tg_table_schema) || '.' || quote_ident(tg_table_name), coalesce(current_setting('strangler.author', true), ''),
                    session_user, case current_setting('role') when 'none' then session_user::text else current_setting('role') end,
                    left(current_setting('application_name'), 64)));
                return null;
            end $$;
            create or replace function strangler_observed.watch(tab oid) returns void language plpgsql as $$
            begin
                execute format('create or replace trigger strangler_author after insert or update or delete or truncate on %%s '
                    'for each statement execute function strangler_observed.tell()', tab::regclass);
                execute format('alter table %%s enable always trigger strangler_author', tab::regclass);
            end $$;
            create or replace function strangler_observed.watch_new() returns event_trigger language plpgsql as $$
            begin
                perform strangler_observed.watch(c.objid) from pg_event_trigger_ddl_commands() c
                  where c.object_type = 'table' and c.command_tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO')
                    and c.schema_name !~ '^pg_';
            end $$;
            drop event trigger if exists strangler_observed;
            create event trigger strangler_observed on ddl_command_end when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO')
                execute function strangler_observed.watch_new();
            select strangler_observed.watch(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            """.formatted(ReadingLog.PREFIX);

    private static final String END = """
            drop event trigger if exists strangler_observed;
            drop schema if exists strangler_observed cascade
            """;

    private static final String ROOTS = """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(m.nspname) || '.' || quote_ident(r.relname)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_class r on r.oid = pg_partition_root(c.oid) join pg_namespace m on m.oid = r.relnamespace
             where c.relispartition
            """;

    private final DataSource database;
    private final String slot;
    private final ReadingLog log = new ReadingLog();

    private Observing(DataSource database, String slot) {
        this.database = database;
        this.slot = slot;
    }

    /**
     * Begins to watch. What was committed before is not seen. Waits for transactions that are open now, since a slot can't be made before they end.
     *
     * @param database as a superuser: event triggers are made by nobody else
     * @param slot the name of the slot, of its own for each database of a server
     */
    public static Observing begin(DataSource database, String slot) throws SQLException {
        var observing = new Observing(database, slot);
        try (var connection = database.getConnection()) {
            dropSlot(connection, slot);
            run(connection, "set lock_timeout = '30s'");
            run(connection, WATCH);
            try (var create =
                    connection.prepareStatement("select pg_create_logical_replication_slot(?, 'test_decoding')")) {
                create.setString(1, slot);
                create.execute();
            }
        }
        return observing;
    }

    /**
     * All kinds of writes committed since the beginning, those collected earlier included.
     *
     * @throws SQLException also when the slot is gone: then something was written that nobody saw
     */
    public List<ObservedWrite> collect() throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(true);
            var roots = roots(connection);
            int read;
            do {
                read = 0;
                try (var changes = connection.prepareStatement(
                        "select case when data like '%: TRUNCATE:%' then data else left(data, 600) end from pg_logical_slot_get_changes(?, null, ?, 'skip-empty-xacts', '1')")) {
                    changes.setString(1, slot);
                    changes.setInt(2, MOST_AT_ONCE);
                    try (var rows = changes.executeQuery()) {
                        while (rows.next()) {
                            log.line(rows.getString(1), roots);
                            read++;
                        }
                    }
                }
            } while (read >= MOST_AT_ONCE);
        }
        return log.writes();
    }

    /** Takes the slot and all triggers away again. */
    @Override
    public void close() throws SQLException {
        try (var connection = database.getConnection()) {
            dropSlot(connection, slot);
            run(connection, "set lock_timeout = '30s'");
            run(connection, END);
        }
    }

    /** Whether a table is only there for watching. */
    static boolean isOwn(String table) {
        return table.startsWith(SCHEMA + ".");
    }

    private static Map<String, String> roots(Connection connection) throws SQLException {
        var roots = new HashMap<String, String>();
        try (var question = connection.createStatement();
                var rows = question.executeQuery(ROOTS)) {
            while (rows.next()) {
                roots.put(rows.getString(1), rows.getString(2));
            }
        }
        return roots;
    }

    private static void dropSlot(Connection connection, String slot) throws SQLException {
        try (var drop = connection.prepareStatement(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?")) {
            drop.setString(1, slot);
            drop.execute();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
