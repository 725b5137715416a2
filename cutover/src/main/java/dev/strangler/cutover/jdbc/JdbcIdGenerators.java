package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.workflow.IdGenerators;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sequences that belong to columns of some tables: of {@code serial}, of identity. */
public final class JdbcIdGenerators implements IdGenerators {

    private final JdbcClient database;
    private final Collection<String> tables;

    /**
     * @param owner connects as the owner of the target's database
     * @param tables the feature's there
     */
    public JdbcIdGenerators(DataSource owner, Collection<String> tables) {
        this.database = JdbcClient.create(owner);
        this.tables = List.copyOf(tables);
    }

    /** Names come quoted from the catalogue. */
    private record Generator(String sequence, String table, String column) {}

    @Override
    public int raise(long beyond) {
        var generators = generators();
        generators.forEach(generator -> database.sql(
                        """
                        select setval(%1$s, greatest(coalesce((select max(%3$s) from %2$s), 0) + ?,
                                                       coalesce(pg_sequence_last_value(%1$s), 1)))
                        """.formatted(literal(generator.sequence()), generator.table(), generator.column()))
                .param(beyond)
                .query(Long.class)
                .single());
        return generators.size();
    }

    /** Sequences that count downwards are left out: nothing in the kit makes one. */
    @Override
    public List<String> withoutRoom(long beyond) {
        return generators().stream()
                .flatMap(generator -> database
                        .sql("""
                                select %1$s || ' has ' || greatest(seqmax - used, 0) || ' left'
                                  from (select seqmax, greatest(coalesce((select max(%4$s) from %3$s), 0),
                                                                coalesce(pg_sequence_last_value(%2$s), 0)) as used
                                          from pg_sequence where seqrelid = %2$s::regclass and seqincrement > 0) as sequence
                                 where used > seqmax - ?
                                """.formatted(
                                        literal(generator.sequence()),
                                        literal(generator.sequence()),
                                        generator.table(),
                                        generator.column()))
                        .param(beyond)
                        .query(String.class)
                        .list()
                        .stream())
                .toList();
    }

    private static String literal(String name) {
        return "'" + name.replace("'", "''") + "'";
    }

    private List<Generator> generators() {
        return database.sql("""
                        select d.objid::regclass::text as sequence, d.refobjid::regclass::text as tab, quote_ident(a.attname) as col
                          from pg_depend d
                          join pg_class s on s.oid = d.objid and s.relkind = 'S'
                          join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                         where d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
                           and d.refobjid = any (select to_regclass(quote_ident(t)) from unnest(?::text[]) t)
                        """)
                .param(tables.toArray(String[]::new))
                .query((row, number) ->
                        new Generator(row.getString("sequence"), row.getString("tab"), row.getString("col")))
                .list();
    }
}
