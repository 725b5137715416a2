package dev.strangler.facade.proxy;

import dev.strangler.cutover.Feature;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whose a path is: the feature with the longest path that is the request's path or above it. */
final class FeaturePaths {

    private final Map<String, Feature> features = new HashMap<>();

    FeaturePaths(Collection<Feature> all) {
        all.forEach(feature -> feature.paths().forEach(path -> features.put(path, feature)));
    }

    Optional<Feature> find(RequestPath path) {
        var prefix = path.decoded();
        if (Feature.isReserved(prefix)) {
            return Optional.empty();
        }
        while (!prefix.isEmpty()) {
            var feature = features.get(prefix);
            if (feature != null) {
                return Optional.of(feature);
            }
            prefix = prefix.substring(0, prefix.lastIndexOf('/'));
        }
        return Optional.empty();
    }
}
