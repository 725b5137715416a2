package dev.strangler.architecture.laws;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * W15 where it runs: who may write the topics of features, and which connectors do. Both sides of a feature may, each through one connector: what the
 * other says during a handover is told apart by its epoch.
 */
public final class TopicLaws {

    private static final String IDENTITY = "producer.override.sasl.jaas.config";
    private static final Pattern USERNAME = Pattern.compile("username=\"([^\"]*)\"");
    private static final String WAY_OUT = " Or, if this must wait, add the line to exceptions/%s.txt:";

    private final FeatureMap map;

    private TopicLaws(FeatureMap map) {
        this.map = map;
    }

    /** For all topics of the map. */
    public static TopicLaws of(FeatureMap map) {
        return new TopicLaws(map);
    }

    /**
     * Judges what the brokers and the workers tell.
     *
     * @param rights all rights to write topics, whoever has them; where the map has no {@code kafka.guarded} they are not looked at
     * @param connectors their configurations as Connect tells them ({@code GET /connectors?expand=info}), by name
     * @throws IllegalArgumentException if there is nothing to look at, since that proves nothing
     */
    public Judgement judge(Collection<TopicRight> rights, Map<String, Map<String, String>> connectors) {
        boolean isGuarded = map.guarded() != null;
        if (connectors.isEmpty() || isGuarded && rights.isEmpty()) {
            throw new IllegalArgumentException(
                    "%d connectors and %d rights were given, so nothing is proved. Ask Connect and the brokers once all of it runs."
                            .formatted(connectors.size(), rights.size()));
        }
        var findings = new Findings();
        if (isGuarded) {
            rights.forEach(right -> judge(right, findings));
        }
        judgeConnectors(connectors, findings);
        return new Judgement(findings.numbered());
    }

    private void judge(TopicRight right, Findings findings) {
        for (var feature : map.features()) {
            var writers = writers(feature);
            if (right.reaches(feature.topic()) && !writers.contains(right.name())) {
                findings.add(
                        Law.W15,
                        feature.name().toString(),
                        right.who() + " " + feature.topic(),
                        "",
                        "%s may write %s (owner: %s; its writers: %s). %s Take the right on %s away with kafka-acls --remove, and give one to what it is meant for."
                                        .formatted(
                                                right.who(),
                                                feature.topic(),
                                                feature.name(),
                                                String.join(", ", writers),
                                                Law.W15.why(),
                                                right.told())
                                + WAY_OUT.formatted(feature.name()));
            }
        }
    }

    private Set<String> writers(Feature feature) {
        return Stream.of(Side.values())
                .map(side -> map.deployable(feature, side).database().relay().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A connector is known by whom it writes as, or by the database it reads where nobody has to say who he is. */
    private void judgeConnectors(Map<String, Map<String, String>> connectors, Findings findings) {
        var known = new HashSet<String>();
        map.deployables().forEach(side -> known.add(identity(side)));
        var first = new TreeMap<String, String>();
        new TreeMap<>(connectors).forEach((name, configuration) -> {
            if (isSink(configuration)) {
                return;
            }
            var identity = identity(configuration);
            if (identity.isEmpty() || !known.contains(identity.get())) {
                unknown(name, identity, findings);
                return;
            }
            var other = first.putIfAbsent(identity.get(), name);
            if (other != null) {
                twice(other, name, identity.get(), findings);
            }
        });
    }

    private static boolean isSink(Map<String, String> configuration) {
        return configuration.containsKey("topics") || configuration.containsKey("topics.regex");
    }

    private String identity(Deployable side) {
        return map.guarded() == null
                ? nameOf(side.database().url())
                : side.database().relay().name();
    }

    private static String nameOf(String jdbcUrl) {
        return jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1).split("\\?", 2)[0];
    }

    private Optional<String> identity(Map<String, String> configuration) {
        if (map.guarded() == null) {
            return Optional.ofNullable(configuration.get("database.dbname"));
        }
        var username = USERNAME.matcher(configuration.getOrDefault(IDENTITY, ""));
        return username.find() ? Optional.of(username.group(1)) : Optional.empty();
    }

    /** Behind a guard the brokers see to the others: what those may write is among the rights. */
    private void unknown(String name, Optional<String> identity, Findings findings) {
        if (map.guarded() != null && identity.isPresent()) {
            return;
        }
        findings.add(
                Law.W15,
                Finding.UNASSIGNED,
                "connector " + name,
                "",
                "Connector %s writes %s, which is of no deployable of the map, so it may write any topic. %s Give it a name of its own (%s) with rights of its own, or a deployable in the map."
                                .formatted(
                                        name,
                                        map.guarded() == null
                                                ? "from database " + identity.orElse("(none)")
                                                : "in the worker's name",
                                        Law.W15.why(),
                                        IDENTITY)
                        + WAY_OUT.formatted(Finding.UNASSIGNED));
    }

    private static void twice(String one, String other, String identity, Findings findings) {
        findings.add(
                Law.W15,
                Finding.UNASSIGNED,
                "connectors " + one + " " + other,
                "",
                "Connectors %s and %s both write for %s, so every event can come twice and out of order. %s Delete the one that `./strangler relay` does not show."
                                .formatted(one, other, identity, Law.W15.why())
                        + WAY_OUT.formatted(Finding.UNASSIGNED));
    }
}
