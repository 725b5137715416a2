package dev.strangler.cutover;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A named slice of the monolith, as the feature map describes it.
 *
 * @param name what operators call it
 * @param service the name of the deployable that will own it
 * @param paths the request paths that belong to it, each with everything below it, such as {@code /api/assets}
 * @param aggregates the aggregate types that only this feature publishes
 * @param topic the one topic of its events
 * @param tables the tables of the feature on each side, unqualified, lower case
 * @param packages the base packages of its code on each side; sub-packages belong to it
 */
public record Feature(
        FeatureName name,
        String service,
        List<String> paths,
        Set<String> aggregates,
        String topic,
        Map<Side, Set<String>> tables,
        Map<Side, Set<String>> packages) {

    public Feature {
        paths = List.copyOf(paths);
        aggregates = Set.copyOf(aggregates);
        tables = Map.copyOf(tables);
        packages = Map.copyOf(packages);
    }

    /** The tables on that side; empty when the feature has none there. */
    public Set<String> tablesOn(Side side) {
        return tables.getOrDefault(side, Set.of());
    }

    /** The base packages on that side; empty when the feature has none there. */
    public Set<String> packagesOn(Side side) {
        return packages.getOrDefault(side, Set.of());
    }
}
