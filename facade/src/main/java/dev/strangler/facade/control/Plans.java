package dev.strangler.facade.control;

import dev.strangler.facade.control.OperationView.GateView;
import dev.strangler.facade.control.OperationView.PlanView;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The newest plan of each feature, whoever asked whichever façade for it: evidence with an age. */
@Component
public class Plans {

    private static final Set<String> NEEDING_A_WAIVER = Set.of("REFUSED", "UNKNOWN", "WAIVED");
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient database;

    Plans(JdbcClient database) {
        this.database = database;
    }

    /**
     * A plan.
     *
     * @param at when it was made, by the control database's clock
     * @param who asked for it
     */
    public record Planned(PlanView plan, Instant at, String who) {

        /** The gates that a handover meets only when it waives them. */
        public List<GateView> toWaive() {
            return plan.gates().stream()
                    .filter(gate -> NEEDING_A_WAIVER.contains(gate.verdict()))
                    .toList();
        }
    }

    void keep(PlanView plan, String who) {
        database.sql("""
                        insert into newest_plan (feature, who, plan) values (?, ?, ?::jsonb)
                        on conflict (feature) do update
                        set who = excluded.who, plan = excluded.plan, made_at = excluded.made_at
                        """)
                .params(plan.feature(), who, JSON.writeValueAsString(plan))
                .update();
    }

    /** The newest plan, unless a handover that began later has changed what it was about. */
    public Optional<Planned> of(String feature) {
        return database.sql("""
                        select plan, made_at, who from newest_plan
                        where feature = :feature
                        and not exists (select from operation where feature = :feature and started_at > made_at)
                        """)
                .param("feature", feature)
                .query((row, number) -> new Planned(
                        JSON.readValue(row.getString("plan"), PlanView.class),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        row.getString("who")))
                .optional();
    }
}
