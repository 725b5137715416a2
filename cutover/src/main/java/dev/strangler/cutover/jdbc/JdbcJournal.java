package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import dev.strangler.cutover.workflow.LeaseLost;
import dev.strangler.cutover.workflow.StepName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The journal in the façade's database, written in the name of one holder: an entry, the renewal of the lease
 * and the look whether it is to be taken back are one statement. */
public final class JdbcJournal implements Journal {

    private final JdbcClient database;
    private final String holder;
    private final Duration lease;

    /**
     * @param holder who writes; must lead the operation
     * @param lease how long the lead is kept without a further entry
     */
    public JdbcJournal(JdbcClient database, String holder, Duration lease) {
        this.database = database;
        this.holder = holder;
        this.lease = lease;
    }

    @Override
    public Optional<String> write(OperationId operation, List<JournalEntry> entries) {
        var values = new ArrayList<Object>();
        values.add(lease.toMillis() / 1000.0);
        values.add(operation.value());
        values.add(holder);
        entries.forEach(entry -> {
            values.add(entry.step().name());
            values.add(entry.outcome().name());
            values.add(entry.at().atOffset(ZoneOffset.UTC));
            values.add(entry.detail());
            values.add(entry.notes().keySet().toArray(String[]::new));
            values.add(entry.notes().values().toArray(String[]::new));
        });
        var row = "(?, ?, ?::timestamptz, ?, jsonb_object(?::text[], ?::text[]))";
        var led = database.sql("""
                        with led as (
                            update operation set led_until = clock_timestamp() + make_interval(secs => ?)
                             where id = ? and holder = ? and ended_at is null returning id, course, reason),
                        written as (
                            insert into operation_step (operation, step, outcome, at, detail, notes)
                            select led.id, entry.* from led, (values %s) as entry (step, outcome, at, detail, notes))
                        select case when course = 'ABORTING' then reason else '' end from led
                        """.formatted(String.join(
                        ", ", entries.stream().map(entry -> row).toList())))
                .params(values)
                .query(String.class)
                .optional();
        return led.map(wish -> wish.isEmpty() ? Optional.<String>empty() : Optional.of(wish))
                .orElseThrow(() -> new LeaseLost(operation, holder));
    }

    @Override
    public List<JournalEntry> of(OperationId operation) {
        return database.sql("""
                        select step, outcome, at, detail,
                               array(select key from jsonb_each_text(notes) order by key) as names,
                               array(select value from jsonb_each_text(notes) order by key) as texts
                          from operation_step where operation = ? order by number
                        """)
                .param(operation.value())
                .query((row, number) -> entry(row))
                .list();
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                StepName.valueOf(row.getString("step")),
                Outcome.valueOf(row.getString("outcome")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("detail"),
                notes(row));
    }

    private static Map<String, String> notes(ResultSet row) throws SQLException {
        var names = (String[]) row.getArray("names").getArray();
        var texts = (String[]) row.getArray("texts").getArray();
        var notes = new LinkedHashMap<String, String>();
        for (var index = 0; index < names.length; index++) {
            notes.put(names[index], texts[index]);
        }
        return notes;
    }
}
