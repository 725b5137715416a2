package dev.strangler.architecture.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a migrated database says of itself, as far as it decides who writes what. Names are those of the feature map: lower case as PostgreSQL folds
 * them, with their schema unless that is {@code public}. System schemas and what belongs to extensions are left out, and so are superusers, whom
 * nothing binds, and roles that nobody who may enter this database can become.
 *
 * @param database its name
 * @param tables with partitions
 * @param fences the features that the kit has fenced here; none where the kit's schema is not there
 * @param outbox whether there is an outbox of the kit
 */
public record Catalog(
        String database,
        List<Table> tables,
        List<ForeignKey> keys,
        List<Trigger> triggers,
        List<Rule> rules,
        List<View> views,
        List<Routine> routines,
        List<Role> roles,
        List<Grant> grants,
        List<FencedFeature> fences,
        boolean outbox) {

    /** The pseudo-role of everybody. */
    public static final String PUBLIC = "public";

    /** Copies its lists. */
    public Catalog {
        tables = List.copyOf(tables);
        keys = List.copyOf(keys);
        triggers = List.copyOf(triggers);
        rules = List.copyOf(rules);
        views = List.copyOf(views);
        routines = List.copyOf(routines);
        roles = List.copyOf(roles);
        grants = List.copyOf(grants);
        fences = List.copyOf(fences);
    }

    /**
     * Reads the database of a connection; changes nothing. Any role will do that may read the system catalog, which is any unless somebody took it away;
     * the kit's fences are seen by whoever may read them.
     *
     * @throws IllegalStateException if it is older than PostgreSQL 16, or is no PostgreSQL
     */
    public static Catalog of(Connection connection) throws SQLException {
        return new ReadingCatalog(connection).read();
    }

    /** The same on a connection of its own. */
    public static Catalog of(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            return of(connection);
        }
    }

    /**
     * A table.
     *
     * @param owner the role that may do anything to it
     * @param root the partitioned table that it is a part of, itself if it is none
     */
    public record Table(String name, String owner, String root) {

        /** Whether it is a part of another. */
        public boolean isPartition() {
            return !root.equals(name);
        }
    }

    /**
     * A foreign key.
     *
     * @param onDelete what happens to the child when the parent's row goes: {@code a}, {@code r}, {@code c}, {@code n} or {@code d}, as in {@code pg_constraint}
     * @param onUpdate the same when its key changes
     */
    public record ForeignKey(String name, String child, String parent, char onDelete, char onUpdate) {

        /** What it does by itself, in SQL; empty if it only refuses. */
        public String action() {
            var deleted = action("on delete ", onDelete);
            var updated = action("on update ", onUpdate);
            return deleted.isEmpty() || updated.isEmpty() ? deleted + updated : deleted + ", " + updated;
        }

        private static String action(String event, char code) {
            return switch (code) {
                case 'c' -> event + "cascade";
                case 'n' -> event + "set null";
                case 'd' -> event + "set default";
                default -> "";
            };
        }
    }

    /**
     * A trigger that somebody made.
     *
     * @param routine the function that it calls
     * @param enabled {@code O}, {@code D}, {@code R} or {@code A}, as in {@code pg_trigger}
     * @param isPerStatement and not for each row
     * @param events INSERT, UPDATE, DELETE, TRUNCATE
     */
    public record Trigger(
            String name, String table, String routine, char enabled, boolean isPerStatement, Set<String> events) {}

    /** A rewrite rule, with the whole of its definition. */
    public record Rule(String name, String table, String definition) {}

    /**
     * A view.
     *
     * @param tables what it reads
     * @param isWritable whether rows may be changed through it
     * @param isInvokers whether the tables are checked as whoever uses it, and not as its owner
     */
    public record View(String name, String owner, List<String> tables, boolean isWritable, boolean isInvokers) {}

    /**
     * A function or procedure.
     *
     * @param isDefiners whether it runs with its owner's rights
     * @param body its statements; null where they are not SQL
     * @param callers roles other than its owner that may call it
     */
    public record Routine(
            String name,
            String owner,
            boolean isDefiners,
            @Nullable String body,
            List<String> callers) {}

    /**
     * A role that somebody who may enter this database is or can become.
     *
     * @param canBecome the roles that it is a member of, however far away
     * @param isUnguarded whether row-level security does not bind it
     * @param maySilenceTriggers whether it may set {@code session_replication_role}
     */
    public record Role(
            String name, boolean canLogin, Set<String> canBecome, boolean isUnguarded, boolean maySilenceTriggers) {

        /** Copies its set. */
        public Role {
            canBecome = Set.copyOf(canBecome);
        }
    }

    /**
     * What a role may effectively do to a table or view, by whatever grants, memberships and rights of everybody.
     *
     * @param verb SELECT, INSERT, UPDATE, DELETE or TRUNCATE
     * @param columns the columns that it is limited to; none if it is all of them
     */
    public record Grant(String role, String table, String verb, List<String> columns) {}

    /** What the kit knows of a fenced feature here. */
    public record FencedFeature(String feature, Set<String> aggregates, String applier) {

        /** The function behind the fences of its tables. */
        public String guard() {
            return "strangler.fence_guard_" + feature;
        }
    }

    /** A table by its name. */
    public Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** A view by its name. */
    public Optional<View> view(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    /** A function by its name. */
    public Optional<Routine> routine(String name) {
        return routines.stream().filter(routine -> routine.name().equals(name)).findFirst();
    }

    /** The partitioned table that a table is a part of, or itself. */
    public String rootOf(String name) {
        return table(name).map(Table::root).orElse(name);
    }
}
