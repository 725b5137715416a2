package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Diagnosis.Finding;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends the way back for good, and later sees that nothing of the feature is left in the monolith. */
public final class Sealing {

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);

    /** No epoch after it fits into a fence's sequence, so nothing ever opens again. */
    private static final Epoch LAST = new Epoch(Long.MAX_VALUE / 2);

    private final Assembling assembling;
    private final Examining examining;
    private final Phases phases;

    public Sealing(Assembling assembling, Examining examining, Phases phases) {
        this.assembling = assembling;
        this.examining = examining;
        this.phases = phases;
    }

    /** A way that is closed already, or may not be closed yet. */
    public static final class SealRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SealRefused(String message) {
            super(message);
        }
    }

    /**
     * What is left in the monolith.
     *
     * @param phase the feature's phase by now
     * @param standing tables of the feature that are still there
     * @param script statements that drop them, for a person to run
     */
    public record Retirement(Phase phase, List<String> standing, List<String> script) {

        public Retirement {
            standing = List.copyOf(standing);
            script = List.copyOf(script);
        }
    }

    /**
     * Keeps the monolith's fence closed for ever.
     *
     * @throws SealRefused unless the service owns the feature and all is sound; nothing is changed then
     */
    public Phase seal(Feature feature, String who) {
        var phase = phases.of(feature.name());
        if (phase == Phase.SEALED) {
            return phase;
        }
        var diagnosis = examining.diagnose(feature);
        if (phase != Phase.SERVICE_OWNED || diagnosis.finding() != Finding.SOUND || diagnosis.side() != Side.SERVICE) {
            throw new SealRefused("'%s' can't be sealed: it is %s, required is %s. %s"
                    .formatted(feature.name(), phase, Phase.SERVICE_OWNED, diagnosis.said()));
        }
        var fence = assembling.of(feature, Direction.BACK).fence(Side.MONOLITH);
        if (!fence.burn(LAST, OperationId.random())) {
            throw new SealRefused("The monolith's fence of '%s' is open. Run doctor.".formatted(feature.name()));
        }
        phases.advance(feature.name(), phase, Phase.SEALED, who);
        log.info("{} sealed '{}': the monolith never writes it again", who, feature.name());
        return Phase.SEALED;
    }

    /**
     * Names what is left of the feature in the monolith's database; once nothing is, the feature is retired.
     *
     * @throws SealRefused unless it is sealed
     */
    public Retirement retire(Feature feature, String who) {
        var phase = phases.of(feature.name());
        if (!phase.isFinal()) {
            throw new SealRefused("'%s' can't be retired: it is %s, required is %s. Seal it first."
                    .formatted(feature.name(), phase, Phase.SEALED));
        }
        var standing = standing(feature);
        if (standing.isEmpty() && phase == Phase.SEALED) {
            phases.advance(feature.name(), phase, Phase.RETIRED, who);
        }
        return new Retirement(
                phases.of(feature.name()),
                standing,
                standing.stream().map("drop table %s cascade;"::formatted).toList());
    }

    private List<String> standing(Feature feature) {
        return JdbcClient.create(assembling.database(feature, Side.MONOLITH))
                .sql("""
                        select to_regclass(quote_ident(t))::text from unnest(?::text[]) t
                         where to_regclass(quote_ident(t)) is not null order by 1
                        """)
                .param(feature.tablesOn(Side.MONOLITH).toArray(String[]::new))
                .query(String.class)
                .list();
    }
}
