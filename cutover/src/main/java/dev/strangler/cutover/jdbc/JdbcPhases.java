package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The phases in the façade's database. */
public final class JdbcPhases implements Phases {

    private final JdbcClient database;

    public JdbcPhases(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Phase of(FeatureName feature) {
        return database.sql("select phase from phase where feature = ?")
                .param(feature.value())
                .query(String.class)
                .optional()
                .map(Phase::valueOf)
                .orElse(Phase.MONOLITH);
    }

    @Override
    public void advance(FeatureName feature, Phase from, Phase to, String who) {
        var isFirst = from == Phase.MONOLITH
                && database.sql(
                                        "insert into phase (feature, phase, who) values (?, ?, ?) on conflict (feature) do nothing")
                                .params(feature.value(), to.name(), who)
                                .update()
                        == 1;
        if (!isFirst && update(feature, from, to, who) == 0) {
            throw new PhaseHasChanged(feature, from, of(feature));
        }
    }

    private int update(FeatureName feature, Phase from, Phase to, String who) {
        return database.sql("""
                        update phase set phase = ?, who = ?, changed_at = clock_timestamp() where feature = ? and phase = ?
                        """)
                .params(to.name(), who, feature.value(), from.name())
                .update();
    }
}
