package dev.strangler.inbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes the live tables equal to the rebuilt ones, row by row, in one transaction. The tables themselves stay: so do
 * views, grants, triggers, foreign keys and publications that hang on them, and a reader sees the rows of before or of after, never none, and
 * never waits. Only rows that differ are written.
 */
final class Swapping {

    private static final Logger log = LoggerFactory.getLogger(Swapping.class);

    private final JdbcTemplate jdbc;
    private final String live;
    private final ShadowTables shadow;
    private final LiveTables tables;

    Swapping(JdbcTemplate jdbc, String live, ShadowTables shadow, LiveTables tables) {
        this.jdbc = jdbc;
        this.live = live;
        this.shadow = shadow;
        this.tables = tables;
    }

    /** Rows per table afterwards, and how many of them were changed. */
    record Swapped(Map<String, Long> rows, Map<String, Long> changed) {}

    /** To be called in a transaction that holds the live positions, when the rebuilt ones are equal to them. */
    Swapped swap(boolean forgetting, Duration limit) {
        jdbc.queryForObject(
                "select set_config('statement_timeout', ?, true)", String.class, Long.toString(limit.toMillis()));
        if (!forgetting) {
            refuseToForget();
        }
        takeOn(tables.writer());
        var changed = exchange();
        takeOn("none");
        var rows = new LinkedHashMap<String, Long>();
        for (var table : tables.parentsFirst()) {
            rows.put(table.name(), requireEqual(table));
        }
        takeOver();
        shadow.remove();
        return new Swapped(rows, changed);
    }

    /** Gathers statistics, so that the comparison is planned well. */
    void analyze() {
        for (var table : tables.parentsFirst()) {
            jdbc.execute("analyze " + table.qualifiedIn(shadow.schema()));
        }
    }

    /** What the live projection knows in a newer version than the log can give would be lost by the swap. */
    private void refuseToForget() {
        var newer = jdbc.queryForList("""
                select l.aggregatetype || ' ' || l.aggregateid || ' (live ' || l.version || ', rebuilt ' || coalesce(r.version::text, 'none')
                       || coalesce(', parked: ' || (select min(p.cause) from strangler.inbox_parked p
                            where p.consumer = ? and p.aggregatetype = l.aggregatetype and p.aggregateid = l.aggregateid and p.attempts > 0), '') || ')'
                  from strangler.inbox_version l
                  left join strangler.inbox_version r
                    on r.consumer = ? and r.aggregatetype = l.aggregatetype and r.aggregateid = l.aggregateid
                 where l.consumer = ? and (r.version is null or r.version < l.version)
                 order by 1 limit 4
                """, String.class, shadow.consumer(), shadow.consumer(), live);
        if (!newer.isEmpty()) {
            throw new RebuildRefused(
                    ("The live projection of '%s' is newer than what the log gives, allowed is no aggregate: %s%s. "
                                    + "Publish them again (backfill), mend the handler, or rebuild with forgetting if they are meant to go.")
                            .formatted(
                                    live,
                                    String.join("; ", newer.subList(0, Math.min(3, newer.size()))),
                                    newer.size() > 3 ? "; and more" : ""));
        }
    }

    /** Only who writes the live tables at other times may write them now: a fence may stand before them. */
    private void takeOn(String role) {
        if (!tables.writer().isEmpty()) {
            jdbc.queryForObject("select set_config('role', ?, true)", String.class, role);
        }
    }

    private Map<String, Long> exchange() {
        jdbc.execute("savepoint exchange");
        try {
            return exchangeDifferences();
        } catch (DataIntegrityViolationException e) {
            // A key that nothing else can stand in for while one row after the other is replaced.
            log.info(
                    "Rows of the projection of '{}' cannot be exchanged one by one, all are replaced: {}",
                    live,
                    e.getMessage());
            jdbc.execute("rollback to savepoint exchange");
            return exchangeAll();
        }
    }

    private Map<String, Long> exchangeDifferences() {
        var changed = new LinkedHashMap<String, Long>();
        for (var table : tables.childrenFirst()) {
            var same = table.key().isEmpty()
                    ? ""
                    : " where not exists (select from %s r where %s and r::text = l::text)"
                            .formatted(table.qualifiedIn(shadow.schema()), table.sameKey());
            changed.put(table.name(), (long) jdbc.update("delete from " + table.qualified() + " l" + same));
        }
        for (var table : tables.parentsFirst()) {
            var missing = table.key().isEmpty()
                    ? ""
                    : " where not exists (select from %s l where %s)".formatted(table.qualified(), table.sameKey());
            long inserted = insert(table, missing);
            changed.merge(table.name(), inserted, Math::max);
        }
        return changed;
    }

    private Map<String, Long> exchangeAll() {
        var changed = new LinkedHashMap<String, Long>();
        for (var table : tables.childrenFirst()) {
            changed.put(table.name(), (long) jdbc.update("delete from " + table.qualified()));
        }
        for (var table : tables.parentsFirst()) {
            changed.merge(table.name(), insert(table, ""), Math::max);
        }
        return changed;
    }

    private long insert(LiveTable table, String condition) {
        return jdbc.update("insert into %s (%s) select %s from %s r%s"
                .formatted(
                        table.qualified(),
                        table.columnList(),
                        table.columnList(),
                        table.qualifiedIn(shadow.schema()),
                        condition));
    }

    /** A trigger on the live table may have had other ideas. */
    private long requireEqual(LiveTable table) {
        var counts = jdbc.query(
                        """
                        select (select count(*) from %s),
                               (select count(*) from %s),
                               (select count(*) from (select l::text from %s l except all select r::text from %s r) d)
                        """.formatted(
                                        table.qualified(),
                                        table.qualifiedIn(shadow.schema()),
                                        table.qualified(),
                                        table.qualifiedIn(shadow.schema())),
                        (row, number) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
                .get(0);
        if (counts.different() > 0 || counts.live() != counts.rebuilt()) {
            throw new RebuildRefused(
                    "Table '%s' has %d rows after the swap, %d of them unlike the %d rebuilt ones, allowed is none. Look for triggers that change what is written."
                            .formatted(table.name(), counts.live(), counts.different(), counts.rebuilt()));
        }
        return counts.live();
    }

    private record Counts(long live, long rebuilt, long different) {}

    /** Versions and parked records of the rebuild become those of the live consumer. */
    private void takeOver() {
        jdbc.update("""
                delete from strangler.inbox_version l where l.consumer = ? and not exists (
                    select from strangler.inbox_version r where r.consumer = ?
                       and r.aggregatetype = l.aggregatetype and r.aggregateid = l.aggregateid and r.version = l.version)
                """, live, shadow.consumer());
        jdbc.update("""
                insert into strangler.inbox_version (consumer, aggregatetype, aggregateid, version)
                select ?, r.aggregatetype, r.aggregateid, r.version from strangler.inbox_version r where r.consumer = ?
                on conflict do nothing
                """, live, shadow.consumer());
        jdbc.update("delete from strangler.inbox_parked where consumer = ?", live);
        jdbc.update("update strangler.inbox_parked set consumer = ? where consumer = ?", live, shadow.consumer());
    }
}
