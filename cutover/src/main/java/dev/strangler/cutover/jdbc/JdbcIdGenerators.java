package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.workflow.IdGenerators;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sequences that give out values of some tables' columns, at the side that takes over and at the one that gives up: of {@code serial}, of identity, and those that a column's default names, like
 * {@code default nextval('ids')}.
 *
 * <p>PostgreSQL knows of no others. Not seen are those that a program asks before it inserts, as Hibernate does with {@code <entity>_seq} if
 * the column has no default, those that a trigger or a function asks, and defaults that hand the name over as text:
 * {@code nextval('ids'::text)}. Whoever has such a sequence gives its column a default, or moves the sequence on by hand.
 */
public final class JdbcIdGenerators implements IdGenerators {

    private final JdbcClient database;
    private final Collection<String> tables;
    private final JdbcClient source;
    private final Collection<String> sourceTables;

    /**
     * @param owner connects as the owner of the target's database
     * @param tables the feature's there
     * @param source connects as the owner of the source's database
     * @param sourceTables the feature's there
     */
    public JdbcIdGenerators(
            DataSource owner, Collection<String> tables, DataSource source, Collection<String> sourceTables) {
        this.database = JdbcClient.create(owner);
        this.tables = List.copyOf(tables);
        this.source = JdbcClient.create(source);
        this.sourceTables = List.copyOf(sourceTables);
    }

    /**
     * Names come quoted from the catalogue.
     *
     * @param given the last that was given out; 0 where none was
     */
    private record Generator(String sequence, String table, String column, long given) {

        String place() {
            return table + "." + column;
        }
    }

    /** What the source gave out needs no distance: whatever was used was given out, and rolled back ids are counted too. */
    @Override
    public int raise(long beyond) {
        var generators = generators();
        var given = givenBySource();
        generators.forEach(generator -> database.sql(
                        """
                        select setval(%1$s, greatest(coalesce((select max(%3$s) from %2$s), 0) + ?,
                                                       coalesce(pg_sequence_last_value(%1$s), 1), ?))
                        """.formatted(literal(generator.sequence()), generator.table(), generator.column()))
                .params(beyond, given.getOrDefault(generator.place(), 0L))
                .query(Long.class)
                .single());
        return generators.size();
    }

    @Override
    public List<String> columns() {
        return generators().stream().map(Generator::place).distinct().toList();
    }

    @Override
    public List<String> withoutCounterpart() {
        var given = givenBySource();
        return columns().stream().filter(column -> !given.containsKey(column)).toList();
    }

    /** Sequences that count downwards are left out: nothing in the kit makes one. */
    @Override
    public List<String> withoutRoom(long beyond) {
        var given = givenBySource();
        return generators().stream()
                .flatMap(generator -> database
                        .sql("""
                                select %1$s || ' has ' || greatest(seqmax - used, 0) || ' left'
                                  from (select seqmax, greatest(coalesce((select max(%4$s) from %3$s), 0),
                                                                coalesce(pg_sequence_last_value(%2$s), 0), ?) as used
                                          from pg_sequence where seqrelid = %2$s::regclass and seqincrement > 0) as sequence
                                 where used > seqmax - ?
                                """.formatted(
                                        literal(generator.sequence()),
                                        literal(generator.sequence()),
                                        generator.table(),
                                        generator.column()))
                        .params(given.getOrDefault(generator.place(), 0L), beyond)
                        .query(String.class)
                        .list()
                        .stream())
                .toList();
    }

    private static String literal(String name) {
        return "'" + name.replace("'", "''") + "'";
    }

    private List<Generator> generators() {
        return generators(database, tables);
    }

    private Map<String, Long> givenBySource() {
        return generators(source, sourceTables).stream()
                .collect(Collectors.toMap(Generator::place, Generator::given, Math::max));
    }

    private static List<Generator> generators(JdbcClient database, Collection<String> tables) {
        return database.sql("""
                        with owned as (
                            select d.objid as seq, d.refobjid as tab, d.refobjsubid as col
                              from pg_depend d
                             where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')),
                        named as (
                            select d.refobjid, f.adrelid, f.adnum
                              from pg_attrdef f
                              join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = f.oid and d.refclassid = 'pg_class'::regclass)
                        select g.seq::regclass::text as sequence, g.tab::regclass::text as tab, quote_ident(a.attname) as col,
                               coalesce(pg_sequence_last_value(s.oid), 0) as given
                          from (select * from owned union select * from named) g
                          join pg_class s on s.oid = g.seq and s.relkind = 'S'
                          join pg_attribute a on a.attrelid = g.tab and a.attnum = g.col
                         where g.tab = any (select to_regclass(quote_ident(t)) from unnest(?::text[]) t)
                        """)
                .param(tables.toArray(String[]::new))
                .query((row, number) -> new Generator(
                        row.getString("sequence"), row.getString("tab"), row.getString("col"), row.getLong("given")))
                .list();
    }
}
