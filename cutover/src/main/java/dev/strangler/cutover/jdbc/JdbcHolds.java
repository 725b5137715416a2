package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Holds;
import dev.strangler.cutover.OperationId;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The holds in the façade's database, all by that database's clock. */
public final class JdbcHolds implements Holds {

    private final JdbcClient database;

    public JdbcHolds(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Hold> inForce() {
        return database.sql("select feature, operation, stage from hold where expires_at > clock_timestamp()")
                .query((row, number) -> new Hold(
                        new FeatureName(row.getString("feature")),
                        new OperationId(row.getString("operation")),
                        Stage.valueOf(row.getString("stage"))))
                .list();
    }

    @Override
    public boolean place(Hold hold, Duration lifetime) {
        return database.sql("""
                                insert into hold as h (feature, operation, stage, expires_at)
                                values (?, ?, ?, clock_timestamp() + make_interval(secs => ?))
                                on conflict (feature) do update
                                   set operation = excluded.operation, stage = excluded.stage, expires_at = excluded.expires_at
                                 where h.operation = excluded.operation or h.expires_at < clock_timestamp()
                                """)
                        .params(
                                hold.feature().value(),
                                hold.operation().value(),
                                hold.stage().name(),
                                lifetime.toMillis() / 1000.0)
                        .update()
                == 1;
    }

    @Override
    public void remove(FeatureName feature, OperationId operation) {
        database.sql("delete from hold where feature = ? and operation = ?")
                .params(feature.value(), operation.value())
                .update();
    }
}
