package dev.strangler.facade.proxy;

import dev.strangler.cutover.Feature;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose a path is: the feature with the longest path that is the request's path or above it, or the monolith if it has that. */
final class FeaturePaths {

    private final Map<String, Feature> features = new HashMap<>();
    private final Set<String> staying;

    /** @param staying the paths that stay with the monolith */
    FeaturePaths(Collection<Feature> all, List<String> staying) {
        all.forEach(feature -> feature.paths().forEach(path -> features.put(path, feature)));
        this.staying = new HashSet<>(staying);
    }

    /** The feature of a path. */
    Optional<Feature> find(RequestPath path) {
        return Optional.ofNullable(features.get(owned(path)));
    }

    /** Whether a path stays with the monolith, of whatever features are moved. */
    boolean stays(RequestPath path) {
        return staying.contains(owned(path));
    }

    /** The longest path that is somebody's; empty if none is. */
    private String owned(RequestPath path) {
        var prefix = path.decoded();
        if (Feature.isReserved(prefix)) {
            return "";
        }
        while (!prefix.isEmpty() && !features.containsKey(prefix) && !staying.contains(prefix)) {
            prefix = prefix.substring(0, prefix.lastIndexOf('/'));
        }
        return prefix;
    }
}
