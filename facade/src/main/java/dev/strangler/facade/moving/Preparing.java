package dev.strangler.facade.moving;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.CrossingKeys.CrossingKey;
import dev.strangler.cutover.jdbc.JdbcFence;
import dev.strangler.facade.relay.RelayDuties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Examines long before a cutover what would endanger it: holes in the fences, keys that tie features together, relays that don't run. */
public final class Preparing {

    private static final Logger log = LoggerFactory.getLogger(Preparing.class);

    private final FeatureMap map;
    private final Assembling assembling;
    private final Phases phases;
    private final RelayDuties relays;

    public Preparing(FeatureMap map, Assembling assembling, Phases phases, RelayDuties relays) {
        this.map = map;
        this.assembling = assembling;
        this.phases = phases;
        this.relays = relays;
    }

    /**
     * What was found.
     *
     * @param phase the feature's phase by now
     * @param problems that are in the way, each with its way out
     * @param script statements for the monolith's database that remove the keys in the way
     * @param removed keys that were removed now
     */
    public record Preparation(Phase phase, List<String> problems, List<String> script, List<String> removed) {

        public Preparation {
            problems = List.copyOf(problems);
            script = List.copyOf(script);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Examines the feature, and takes it to {@link Phase#PREPARED} when nothing is in the way.
     *
     * @throws NothingToDo when it is sealed: nothing of it will ever move again
     * @param isRemovingKeys whether to remove foreign keys between this feature's tables and another's, instead of only naming them
     */
    public Preparation prepare(Feature feature, String who, boolean isRemovingKeys) {
        if (phases.of(feature.name()).isFinal()) {
            throw new NothingToDo("'%s' is %s, so there is no handover to prepare. See with retire what is left of it."
                    .formatted(feature.name(), phases.of(feature.name())));
        }
        var keys = assembling.keys(feature);
        var removed = new ArrayList<String>();
        if (isRemovingKeys) {
            keys.all().forEach(key -> {
                keys.remove(key);
                log.info("{} had {} removed", who, key);
                removed.add(key.toString());
            });
        }
        var left = keys.all();
        var problems = problems(feature, left);
        var phase = phases.of(feature.name());
        if (problems.isEmpty() && phase == Phase.MONOLITH) {
            phases.advance(feature.name(), Phase.MONOLITH, Phase.PREPARED, who);
        }
        return new Preparation(
                phases.of(feature.name()),
                problems,
                left.stream().map(CrossingKey::script).toList(),
                removed);
    }

    private List<String> problems(Feature feature, List<CrossingKey> keys) {
        var problems = new ArrayList<String>();
        for (var side : Side.values()) {
            var name = map.deployable(feature, side).name();
            if (feature.tablesOn(side).isEmpty()) {
                problems.add("%s: the feature map names no table of '%s' there, so nothing would be fenced. Name them."
                        .formatted(name, feature.name()));
            }
            var fence = new JdbcFence(feature.name(), assembling.database(feature, side));
            fence.blindness().ifPresent(blind -> problems.add("%s: %s".formatted(name, blind)));
            fence.audit(feature.tablesOn(side)).forEach(hole -> problems.add("%s: %s".formatted(name, hole)));
        }
        keys.forEach(key -> problems.add(
                "%s ties two features together, so neither can move alone. Run the script, or prepare with --remove-keys."
                        .formatted(key)));
        problems.addAll(relays(feature));
        return problems;
    }

    /** Both ways are needed: the one that leads back must run before anybody needs it. */
    private List<String> relays(Feature feature) {
        var sides = Arrays.stream(Side.values())
                .map(side -> map.deployable(feature, side).name())
                .toList();
        var inTheWay = relays.ensure();
        return inTheWay == null
                ? List.of()
                : relays.report().stream()
                        .filter(report -> sides.contains(report.side()) && report.setup() != null)
                        .map(report -> "%s: its relay is not set up (%s). Make that work, then prepare again."
                                .formatted(report.side(), report.setup()))
                        .toList();
    }
}
