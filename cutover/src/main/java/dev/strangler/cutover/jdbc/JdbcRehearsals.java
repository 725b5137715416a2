package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Rehearsals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The certificates in the façade's database, a row each. */
public final class JdbcRehearsals implements Rehearsals {

    private final JdbcClient database;

    public JdbcRehearsals(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void keep(Rehearsal rehearsal) {
        database.sql("""
                        insert into rehearsal (feature, map, at, handovers, faults, violations, clean, who)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        rehearsal.feature().value(),
                        rehearsal.map(),
                        rehearsal.at().atOffset(ZoneOffset.UTC),
                        rehearsal.handovers(),
                        rehearsal.faults(),
                        rehearsal.violations(),
                        rehearsal.isClean(),
                        rehearsal.who())
                .update();
    }

    @Override
    public Optional<Rehearsal> newest(FeatureName feature) {
        return database.sql("select * from rehearsal where feature = ? order by at desc, number desc limit 1")
                .param(feature.value())
                .query((row, number) -> rehearsal(row))
                .optional();
    }

    private static Rehearsal rehearsal(ResultSet row) throws SQLException {
        return new Rehearsal(
                new FeatureName(row.getString("feature")),
                row.getString("map"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getInt("handovers"),
                row.getInt("faults"),
                row.getInt("violations"),
                row.getBoolean("clean"),
                row.getString("who"));
    }
}
