package dev.strangler.cutover.jdbc;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tables that hold foreign keys to those of a feature, are behind no fence, and are named by no feature, in one database: perhaps one that was
 * forgotten, or has come since. Partitions of tables that are named count as named.
 */
public final class UnclaimedTables {

    private final JdbcClient database;
    private final String[] tables;
    private final String[] claimed;

    /**
     * @param owner connects as the tables' owner
     * @param tables of the feature
     * @param claimed tables of all features
     */
    public UnclaimedTables(DataSource owner, Collection<String> tables, Collection<String> claimed) {
        this.database = JdbcClient.create(owner);
        this.tables = tables.toArray(String[]::new);
        this.claimed = claimed.toArray(String[]::new);
    }

    /** Their names, sorted; quoted where they need it. */
    public List<String> all() {
        return database.sql("""
                        with recursive
                        own (tab) as (
                            select to_regclass(quote_ident(t))::oid from unnest(?::text[]) t
                            union select i.inhrelid from pg_inherits i join own on i.inhparent = own.tab),
                        claimed (tab) as (
                            select to_regclass(quote_ident(t))::oid from unnest(?::text[]) t
                            union select i.inhrelid from pg_inherits i join claimed on i.inhparent = claimed.tab)
                        select distinct k.conrelid::regclass::text
                          from pg_constraint k
                         where k.contype = 'f' and k.conparentid = 0
                           and k.confrelid in (select tab from own)
                           and k.conrelid not in (select tab from claimed where tab is not null)
                           and not exists (select from pg_trigger t where t.tgrelid = k.conrelid and t.tgname = 'strangler_fence')
                         order by 1
                        """).params(tables, claimed).query(String.class).list();
    }
}
