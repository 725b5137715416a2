package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Endings;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The endings in the façade's database. */
public final class JdbcEndings implements Endings {

    private final JdbcClient database;

    public JdbcEndings(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void write(
            FeatureName feature,
            OperationId operation,
            Act act,
            Outcome outcome,
            String who,
            String detail,
            Collection<String> tables) {
        database.sql("""
                        insert into ending_step (feature, operation, act, outcome, who, detail, tables) values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(feature.value(), operation.value(), act.name(), outcome.name(), who, detail)
                .param(tables.toArray(String[]::new))
                .update();
    }

    @Override
    public List<Line> of(FeatureName feature, int limit) {
        return database.sql("select * from ending_step where feature = ? order by number desc limit ?")
                .params(feature.value(), limit)
                .query((row, number) -> new Line(
                        new OperationId(row.getString("operation")),
                        Act.valueOf(row.getString("act")),
                        Outcome.valueOf(row.getString("outcome")),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("who"),
                        row.getString("detail")))
                .list();
    }

    @Override
    public Set<String> tables(FeatureName feature) {
        return new TreeSet<>(database.sql("select distinct unnest(tables) from ending_step where feature = ?")
                .param(feature.value())
                .query(String.class)
                .list());
    }
}
