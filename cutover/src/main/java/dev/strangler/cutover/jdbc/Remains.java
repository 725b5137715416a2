package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a database still has of a feature that has left it, and the statements that remove it. They say nothing of {@code cascade}: what
 * somebody else has hung on the feature's tables is named, one by one, and not swept away with them.
 */
public final class Remains {

    /** Tables that there are, of those that were ever named or are fenced. */
    private static final String TABLES = """
            select distinct t.tab::regclass::text from (
                select to_regclass(quote_ident(n))::oid as tab from unnest(?::text[]) n
                union select strangler.fence_tables(f.feature) from strangler.fence f where f.feature = ?) t
              join pg_class c on c.oid = t.tab where not c.relispartition order by 1
            """;

    private static final String KEYS = """
            select k.conrelid::regclass::text as tab, quote_ident(k.conname) as name, k.confrelid::regclass::text as referenced
              from pg_constraint k
             where k.contype = 'f' and k.conparentid = 0
               and k.confrelid = any (?::regclass[]) and k.conrelid <> all (?::regclass[])
             order by 1, 2
            """;

    /** Views on the tables, and views on those views: the outermost first, since each must go before what it reads. */
    private static final String VIEWS = """
            with recursive reader (oid, depth) as (
                select t, 0 from unnest(?::regclass[]::oid[]) t
                union
                select w.ev_class, r.depth + 1
                  from reader r
                  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = r.oid and d.classid = 'pg_rewrite'::regclass
                  join pg_rewrite w on w.oid = d.objid and w.ev_class <> r.oid
                 where r.depth < 100),
            found (oid, depth) as (
                select oid, max(depth) from reader where depth > 0 group by oid
                union
                select to_regclass(format('strangler.%I', ? || '_state'))::oid, 0)
            select case c.relkind when 'm' then 'materialized view ' else 'view ' end || c.oid::regclass as name
              from found f join pg_class c on c.oid = f.oid and c.relkind in ('v', 'm')
             group by c.oid, c.relkind order by max(f.depth) desc, 1
            """;

    /** Functions that are written in terms of a table's row, as PostgreSQL knows. */
    private static final String FUNCTIONS = """
            select distinct p.oid::regprocedure::text as name
              from pg_proc p
              join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid
             where d.deptype = 'n'
               and (d.refclassid = 'pg_class'::regclass and d.refobjid = any (?::regclass[]::oid[])
                    or d.refclassid = 'pg_type'::regclass
                       and d.refobjid in (select t.oid from pg_type t where t.typrelid = any (?::regclass[]::oid[])))
             order by 1
            """;

    /** Functions of triggers on these tables and on no others; the kit's own are not asked for. */
    private static final String TRIGGER_FUNCTIONS = """
            select distinct t.tgfoid::regprocedure::text as name
              from pg_trigger t join pg_proc p on p.oid = t.tgfoid
             where not t.tgisinternal and t.tgrelid = any (?::regclass[]) and p.pronamespace <> 'strangler'::regnamespace
               and not exists (select from pg_trigger o where o.tgfoid = t.tgfoid and o.tgrelid <> all (?::regclass[]))
             order by 1
            """;

    /** What a fence consists of, should somebody have taken it down halfway. */
    private static final String PIECES = """
            select 'function ' || p.oid::regprocedure as name from pg_proc p where p.oid = to_regproc(strangler.fence_name('guard', ?))
            union all
            select 'sequence ' || s.oid::regclass from unnest(array(
                select to_regclass(strangler.fence_name('gate', ?))::oid union
                select to_regclass(strangler.fence_name('refused', ?))::oid union
                select to_regclass(strangler.fence_name('refusal', ? || '_' || cell))::oid from generate_series(0, 25) cell)) s (oid)
             where s.oid is not null
            """;

    /** Consumers that have stopped for good: who else keeps a copy of the feature goes on, and is nobody's remains. */
    private static final String CONSUMERS = """
            select distinct c.consumer from strangler.inbox_consumes c join strangler.inbox_ended e using (consumer)
             where c.aggregatetype = any (?) order by 1
            """;

    /** Events behind what the connector has confirmed; without a connector nothing is captured. */
    private static final String UNCARRIED = """
            select count(*) from strangler.outbox o
             where o.aggregatetype = any (?)
               and o.lsn >= (select min(s.confirmed_flush_lsn) from pg_replication_slots s
                              where s.database = current_database() and s.slot_type = 'logical')
            """;

    private final JdbcClient database;
    private final Feature feature;
    private final String[] named;

    /**
     * @param owner connects as the owner of the side's tables
     * @param tables the feature's, as far as anybody remembers; those behind its fence are found by themselves
     */
    public Remains(DataSource owner, Feature feature, Collection<String> tables) {
        this.database = JdbcClient.create(owner);
        this.feature = feature;
        this.named = tables.toArray(String[]::new);
    }

    /**
     * One thing that is still there.
     *
     * @param what for people
     * @param removal the statement that removes it; null where only waiting or somebody else's work does
     */
    public record Remain(String what, @Nullable String removal) {}

    /** All of it, in an order in which the statements work, one after the other or in one transaction; empty when nothing is left. */
    public List<Remain> all() {
        var name = feature.name().value();
        var tables = database.sql(TABLES)
                .param(named)
                .param(name)
                .query(String.class)
                .list();
        var own = tables.toArray(String[]::new);
        var remains = new ArrayList<Remain>();
        database.sql(KEYS)
                .param(own)
                .param(own)
                .query((row, number) -> new Remain(
                        "foreign key %s of %s, which refers to %s"
                                .formatted(row.getString("name"), row.getString("tab"), row.getString("referenced")),
                        "alter table %s drop constraint %s;".formatted(row.getString("tab"), row.getString("name"))))
                .list()
                .forEach(remains::add);
        var triggerFunctions = found(TRIGGER_FUNCTIONS, own, own);
        remains.addAll(fence(name, tables));
        found(VIEWS, own, name).forEach(view -> remains.add(dropped(view)));
        var functions = found(FUNCTIONS, own, own);
        functions.forEach(function -> remains.add(dropped("function " + function)));
        if (!tables.isEmpty()) {
            var all = String.join(", ", tables);
            remains.add(new Remain((tables.size() == 1 ? "table " : "tables ") + all, "drop table " + all + ";"));
        }
        triggerFunctions.stream()
                .filter(function -> !functions.contains(function))
                .forEach(function -> remains.add(dropped("function " + function)));
        remains.addAll(events());
        return remains;
    }

    private List<Remain> fence(String name, List<String> tables) {
        var isFenced = database.sql("select exists (select from strangler.fence where feature = ?)")
                .param(name)
                .query(Boolean.class)
                .single();
        if (isFenced) {
            return List.of(new Remain(
                    "the fence of '%s': its row, guard and sequences%s"
                            .formatted(name, tables.isEmpty() ? "" : ", and triggers on " + String.join(", ", tables)),
                    "select strangler.unfence_feature('%s');".formatted(name)));
        }
        return found(PIECES, name, name, name, name).stream()
                .map(Remains::dropped)
                .toList();
    }

    private List<Remain> events() {
        var types = feature.aggregates().toArray(String[]::new);
        var uncarried = database.sql(UNCARRIED).param(types).query(Long.class).single();
        var consumers = database.sql(CONSUMERS).param(types).query(String.class).list().stream()
                .map(consumer -> new Remain(
                        "what consumer %s remembers of the topics that it applied".formatted(consumer),
                        "select strangler.inbox_forget('%s');".formatted(consumer.replace("'", "''"))));
        var captured = uncarried == 0
                ? Stream.<Remain>empty()
                : Stream.of(new Remain(
                        "%d events of %s in the outbox, which the connector has not carried yet: wait, or look at the relay"
                                .formatted(uncarried, String.join(", ", types)),
                        null));
        return Stream.concat(consumers, captured).toList();
    }

    private List<String> found(String question, Object... parameters) {
        var asked = database.sql(question);
        for (var parameter : parameters) {
            asked = asked.param(parameter);
        }
        return asked.query(String.class).list();
    }

    private static Remain dropped(String object) {
        return new Remain(object, "drop %s;".formatted(object));
    }
}
