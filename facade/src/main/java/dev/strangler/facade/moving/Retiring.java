package dev.strangler.facade.moving;

import dev.strangler.cutover.Endings;
import dev.strangler.cutover.Endings.Act;
import dev.strangler.cutover.Endings.Outcome;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.Remains;
import dev.strangler.cutover.jdbc.Remains.Remain;
import dev.strangler.facade.moving.Sealing.SealRefused;
import dev.strangler.facade.sides.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees that nothing of a sealed feature is left in the monolith. Removes nothing itself: that is for people, who get the script. */
public final class Retiring {

    private static final Logger log = LoggerFactory.getLogger(Retiring.class);

    private final FeatureMap map;
    private final Assembling assembling;
    private final Routes routes;
    private final Phases phases;
    private final Endings endings;
    private final AskingForCode monolith;

    Retiring(
            FeatureMap map,
            Assembling assembling,
            Routes routes,
            Phases phases,
            Endings endings,
            AskingForCode monolith) {
        this.map = map;
        this.assembling = assembling;
        this.routes = routes;
        this.phases = phases;
        this.endings = endings;
        this.monolith = monolith;
    }

    /** Where something is left. */
    public enum Where {
        /** The monolith still answers the feature's paths, or does not say. Goes first: what runs needs its tables. */
        CODE,
        /** The façade still sends reads of the feature to the monolith. */
        ROUTES,
        /** The monolith's database still has something of it. */
        DATABASE,
        /** The feature map still names tables or packages of the monolith. */
        MAP;

        /** As operators read it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that is still there, or may be.
     *
     * @param where to look for it
     * @param what with the way out, where that is not the script
     */
    public record Standing(Where where, String what) {}

    /**
     * What is left.
     *
     * @param phase the feature's phase by now
     * @param standing everything that is left; empty when the feature is retired
     * @param script that removes what the database has, line by line; empty when it has nothing that a statement removes
     */
    public record Retirement(Phase phase, List<Standing> standing, List<String> script) {

        public Retirement {
            standing = List.copyOf(standing);
            script = List.copyOf(script);
        }
    }

    /**
     * Looks for everything that is left of the feature in the monolith; once nothing is, the feature is retired.
     *
     * @throws SealRefused unless it is sealed
     */
    public Retirement retire(Feature feature, String who) {
        var phase = phases.of(feature.name());
        if (!phase.isFinal()) {
            throw new SealRefused("'%s' can't be retired: it is %s, required is %s. Seal it first."
                    .formatted(feature.name(), phase, Phase.SEALED));
        }
        var standing = new ArrayList<Standing>();
        monolith.answered(feature.paths()).forEach(answer -> standing.add(new Standing(Where.CODE, answer)));
        standing.addAll(routes(feature));
        var remains = Reading.of(
                () -> new Remains(assembling.database(feature, Side.MONOLITH), feature, tables(feature)).all());
        var found = remains.value() == null ? List.<Remain>of() : remains.value();
        found.forEach(remain -> standing.add(new Standing(Where.DATABASE, remain.what())));
        if (remains.unknown() != null) {
            standing.add(new Standing(
                    Where.DATABASE,
                    "can't be asked (%s), so what it has is not known. Start it, then ask again."
                            .formatted(remains.unknown())));
        }
        standing.addAll(map(feature));
        conclude(feature, phase, who, standing);
        return new Retirement(phases.of(feature.name()), standing, script(feature, found));
    }

    private void conclude(Feature feature, Phase phase, String who, List<Standing> standing) {
        if (phase == Phase.RETIRED) {
            return;
        }
        if (standing.isEmpty()) {
            phases.advance(feature.name(), phase, Phase.RETIRED, who);
            log.info("{} retired '{}': nothing of it is left in the monolith", who, feature.name());
        }
        endings.write(
                feature.name(),
                OperationId.random(),
                Act.RETIRE,
                standing.isEmpty() ? Outcome.DONE : Outcome.FAILED,
                who,
                standing.isEmpty() ? "" : "%d things are left".formatted(standing.size()),
                feature.tablesOn(Side.MONOLITH));
    }

    private List<Standing> routes(Feature feature) {
        var share = routes.of(feature.name()).reads().serviceShare();
        return share.equals(Percentage.ALL)
                ? List.of()
                : List.of(new Standing(
                        Where.ROUTES,
                        "the service answers %d %% of the reads, the monolith the others. Run: reads %s --service 100"
                                .formatted(share.value(), feature.name())));
    }

    private static List<Standing> map(Feature feature) {
        var named = new ArrayList<Standing>();
        name("tables", feature.tablesOn(Side.MONOLITH), named);
        name("packages", feature.packagesOn(Side.MONOLITH), named);
        return named;
    }

    private static void name(String what, Set<String> names, List<Standing> standing) {
        if (!names.isEmpty()) {
            standing.add(new Standing(
                    Where.MAP,
                    "strangler.yml names %s of the monolith: %s. When all else is gone, write 'monolith: []' under %s and restart the façades."
                            .formatted(what, String.join(", ", names), what)));
        }
    }

    /** As the map has them, and as it had them when the feature was sealed. */
    private Set<String> tables(Feature feature) {
        var tables = new TreeSet<>(feature.tablesOn(Side.MONOLITH));
        tables.addAll(endings.tables(feature.name()));
        return tables;
    }

    private List<String> script(Feature feature, List<Remain> remains) {
        var removals =
                remains.stream().map(Remain::removal).filter(Objects::nonNull).toList();
        if (removals.isEmpty()) {
            return List.of();
        }
        var script = new ArrayList<String>();
        script.add(
                "-- Removes what the database of the monolith still has of '%s'; nothing brings it back, so keep a dump."
                        .formatted(feature.name()));
        script.add(
                "-- After the monolith was deployed without that code. As %s, in one piece: psql -v ON_ERROR_STOP=1 -f"
                        .formatted(map.monolith().database().owner()));
        script.add("begin;");
        script.add("set local lock_timeout = '5s';");
        script.addAll(removals);
        script.add("commit;");
        return script;
    }
}
