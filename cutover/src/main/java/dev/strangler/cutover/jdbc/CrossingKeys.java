package dev.strangler.cutover.jdbc;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Foreign keys between the tables of one feature and those of others, in one database. What one side may not write can't be kept by a key. */
public final class CrossingKeys {

    private static final Duration LOCK = Duration.ofSeconds(2);

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final String[] tables;
    private final String[] others;

    /**
     * @param owner connects as the tables' owner
     * @param tables of the feature
     * @param others tables of all other features
     */
    public CrossingKeys(DataSource owner, Collection<String> tables, Collection<String> others) {
        this.database = JdbcClient.create(owner);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
        this.tables = tables.toArray(String[]::new);
        this.others = others.toArray(String[]::new);
    }

    /**
     * A key.
     *
     * @param table that has it
     * @param name of the constraint
     * @param references the table of the other feature
     */
    public record CrossingKey(String table, String name, String references) {

        /** What removes it. */
        public String script() {
            return "alter table %s drop constraint %s;".formatted(table, name);
        }

        @Override
        public String toString() {
            return "Foreign key %s of %s to %s".formatted(name, table, references);
        }
    }

    /** Those that there are, in both directions. */
    public List<CrossingKey> all() {
        return database.sql("""
                        with own as (select to_regclass(quote_ident(t)) as tab from unnest(?::text[]) t),
                             other as (select to_regclass(quote_ident(t)) as tab from unnest(?::text[]) t)
                        select k.conrelid::regclass::text as tab, quote_ident(k.conname) as name, k.confrelid::regclass::text as referenced
                          from pg_constraint k
                         where k.contype = 'f' and k.conparentid = 0
                           and (k.conrelid in (select tab from own) and k.confrelid in (select tab from other)
                                or k.conrelid in (select tab from other) and k.confrelid in (select tab from own))
                         order by 1, 2
                        """)
                .params(tables, others)
                .query((row, number) ->
                        new CrossingKey(row.getString("tab"), row.getString("name"), row.getString("referenced")))
                .list();
    }

    /** Removes the key; gives up after 2 s of waiting for the table rather than keeping everybody else from it. */
    public void remove(CrossingKey key) {
        transaction.executeWithoutResult(status -> {
            database.sql("select set_config('lock_timeout', ?, true)")
                    .param(Long.toString(LOCK.toMillis()))
                    .query(String.class)
                    .single();
            database.sql(key.script()).update();
        });
    }
}
