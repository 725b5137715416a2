package dev.strangler.architecture.laws;

import dev.strangler.architecture.flow.Place;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who owns which package and table on one side, and where each feature stands. */
final class Owners {

    private final Map<String, String> featureOfPackage = new HashMap<>();
    private final Map<String, String> featureOfTable = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Set<String>> aggregates = new HashMap<>();
    private final Map<String, String> featureOfTopic = new HashMap<>();

    private Owners() {}

    static Owners ofMonolith(FeatureMap map) {
        var owners = of(map.features(), Side.MONOLITH);
        map.features().forEach(feature -> {
            if (feature.tablesOn(Side.MONOLITH).isEmpty()) {
                owners.states.put(feature.name().value(), State.SEALED);
                feature.tablesOn(Side.SERVICE)
                        .forEach(table -> owners.featureOfTable.putIfAbsent(
                                table, feature.name().value()));
            }
        });
        return owners;
    }

    static Owners ofService(FeatureMap map, String service) {
        var owned = map.features().stream()
                .filter(feature -> feature.service().equals(service))
                .toList();
        if (owned.isEmpty()) {
            throw new IllegalArgumentException(
                    "No feature of the map belongs to service '%s', so the laws would judge nothing. Services: %s."
                            .formatted(service, map.services().keySet()));
        }
        return of(owned, Side.SERVICE);
    }

    private static Owners of(List<Feature> features, Side side) {
        var owners = new Owners();
        for (var feature : features) {
            owners.aggregates.put(feature.name().value(), feature.aggregates());
            owners.featureOfTopic.put(feature.topic(), feature.name().value());
            feature.packagesOn(side)
                    .forEach(base ->
                            owners.featureOfPackage.put(base, feature.name().value()));
            feature.tablesOn(side)
                    .forEach(table ->
                            owners.featureOfTable.put(table, feature.name().value()));
        }
        return owners;
    }

    void stands(String feature, State state) {
        if (!featureOfPackage.containsValue(feature) && !featureOfTable.containsValue(feature)) {
            throw new IllegalArgumentException("There is no feature '" + feature + "' in the map. Correct the name.");
        }
        states.put(feature, state);
    }

    State state(String feature) {
        return states.getOrDefault(feature, State.WITH_MONOLITH);
    }

    /** The feature with the nearest base package; null if the code belongs to none. */
    @Nullable
    String ofPackage(String packageName) {
        return featureOfPackage.entrySet().stream()
                .filter(entry -> packageName.equals(entry.getKey()) || packageName.startsWith(entry.getKey() + "."))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    /** The owner of a table; one in another schema than the map's counts by its bare name. */
    Optional<String> ofTable(String table) {
        var owner = featureOfTable.get(table);
        return Optional.ofNullable(
                owner != null ? owner : featureOfTable.get(table.substring(table.lastIndexOf('.') + 1)));
    }

    /** The tables of each feature. */
    Map<String, Set<String>> tables() {
        var tables = new TreeMap<String, Set<String>>();
        featureOfTable.forEach((table, feature) ->
                tables.computeIfAbsent(feature, unknown -> new TreeSet<>()).add(table));
        return tables;
    }

    /** The aggregate types whose events are a feature's own. */
    Set<String> aggregates(String feature) {
        return aggregates.getOrDefault(feature, Set.of());
    }

    @Nullable
    String ofAggregate(String type) {
        return aggregates.entrySet().stream()
                .filter(entry -> entry.getValue().contains(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String ofTopic(String topic) {
        return featureOfTopic.get(topic);
    }

    /** The feature after which a directory of the path is called; null if none is. */
    @Nullable
    String ofPath(String path) {
        var parts = List.of(path.split("/", -1));
        return featureOfPackage.values().stream()
                .distinct()
                .sorted()
                .filter(parts::contains)
                .findFirst()
                .orElse(null);
    }

    /** The feature of a class by its package, of a resource by its path; null if it is of none. */
    @Nullable
    String ofPlace(Place place) {
        var packageName = place.packageName();
        return packageName == null ? ofPath(place.member()) : ofPackage(packageName);
    }

    /** A base package of the feature, for the way out. */
    String home(String feature) {
        return featureOfPackage.entrySet().stream()
                .filter(entry -> entry.getValue().equals(feature))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder())
                .orElse("its packages");
    }
}
