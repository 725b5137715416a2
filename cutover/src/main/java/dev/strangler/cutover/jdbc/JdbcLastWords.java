package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.workflow.LastWords;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.outbox.relay.Lsn;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** By the journal in the façade's database: the newest note about it counts, and is written after the operation has ended. */
public final class JdbcLastWords implements LastWords {

    private static final String IS_OPEN = """
            (select s.notes->>'lastWord' from operation_step s
              where s.operation = o.id and s.notes->>'lastWord' is not null order by s.number desc limit 1) = 'open'
            """;

    private final JdbcClient database;

    public JdbcLastWords(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Operation> open() {
        return database
                .sql("select o.*, false as is_led from operation o where o.course = 'DONE' and %s order by o.started_at"
                        .formatted(IS_OPEN))
                .query((row, number) -> JdbcOperations.standing(row))
                .list()
                .stream()
                .map(Standing::operation)
                .toList();
    }

    @Override
    public void settled(OperationId operation, String detail) {
        database.sql("""
                        insert into operation_step (operation, step, outcome, at, detail, notes)
                        select o.id, 'SETTLE', 'DONE', clock_timestamp(), ?, '{"lastWord": "settled"}'
                          from operation o where o.id = ? and o.course = 'DONE' and %s
                        """.formatted(IS_OPEN)).params(detail, operation.value()).update();
    }

    /** No connection is called like that reader, so whoever looks again finds that the relay has begun anew. */
    @Override
    public void reopen(OperationId operation, Lsn behind, String detail) {
        database.sql("""
                        insert into operation_step (operation, step, outcome, at, detail, notes)
                        select o.id, 'SETTLE', 'DONE', clock_timestamp(), ?,
                               jsonb_build_object('lastWord', 'open', 'fencedBehind', ?::text, 'reader', 'recovered')
                          from operation o where o.id = ? and o.course = 'DONE'
                        """).params(detail, behind.toString(), operation.value()).update();
    }
}
