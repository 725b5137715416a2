package dev.strangler.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Side;
import java.util.List;
import java.util.Optional;

/** Who owns which table and aggregate type on one side, and which feature a class belongs to. */
record TableOwners(List<Feature> features, Side side) {

    static TableOwners of(List<Feature> features, Side side) {
        return new TableOwners(List.copyOf(features), side);
    }

    Optional<Feature> ofTable(String table) {
        return features.stream()
                .filter(feature -> feature.tablesOn(side).contains(table))
                .findFirst();
    }

    Optional<Feature> ofAggregate(String type) {
        return features.stream()
                .filter(feature -> feature.aggregates().contains(type))
                .findFirst();
    }

    boolean belongs(JavaClass type, Feature feature) {
        var name = type.getPackageName();
        return feature.packagesOn(side).stream().anyMatch(base -> name.equals(base) || name.startsWith(base + "."));
    }
}
