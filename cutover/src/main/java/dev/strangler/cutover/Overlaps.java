package dev.strangler.cutover;

import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Notes what two features claim both: a path, an aggregate type, a topic, a table, a package. A thing with two owners has none. */
final class Overlaps {

    private final List<Feature> features;
    private final List<String> staying;
    private final List<String> mistakes;

    /** @param staying the paths that stay with the monolith */
    Overlaps(List<Feature> features, List<String> staying, List<String> mistakes) {
        this.features = features;
        this.staying = staying;
        this.mistakes = mistakes;
    }

    void note() {
        features.forEach(this::withTheMonolith);
        for (var first = 0; first < features.size(); first++) {
            for (var second = first + 1; second < features.size(); second++) {
                between(features.get(first), features.get(second));
            }
        }
    }

    private void withTheMonolith(Feature feature) {
        for (var path : feature.paths()) {
            for (var stays : staying) {
                if (stays.equals(path) || stays.startsWith(path + "/")) {
                    mistakes.add(
                            "monolith.paths and features.%s: both claim the path %s, which is or is below %s. Give it to one of them."
                                    .formatted(feature.name(), stays, path));
                }
            }
        }
    }

    private void between(Feature one, Feature other) {
        compare("path", one, other, Feature::paths, below("/"));
        compare("aggregate type", one, other, Feature::aggregates, String::equals);
        compare("topic", one, other, feature -> List.of(feature.topic()), String::equals);
        compare("table", one, other, feature -> feature.tablesOn(Side.MONOLITH), String::equals);
        compare("package", one, other, feature -> feature.packagesOn(Side.MONOLITH), below("."));
        if (one.service().equals(other.service())) {
            compare("table", one, other, feature -> feature.tablesOn(Side.SERVICE), String::equals);
            compare("package", one, other, feature -> feature.packagesOn(Side.SERVICE), below("."));
        }
    }

    private void compare(
            String what,
            Feature one,
            Feature other,
            Function<Feature, Collection<String>> claims,
            BiPredicate<String, String> clash) {
        for (var mine : claims.apply(one)) {
            for (var theirs : claims.apply(other)) {
                if (clash.test(mine, theirs)) {
                    mistakes.add("features.%s and features.%s: both claim the %s %s. Give it to one of them."
                            .formatted(
                                    one.name(),
                                    other.name(),
                                    what,
                                    mine.equals(theirs) ? mine : mine + " / " + theirs));
                }
            }
        }
    }

    private static BiPredicate<String, String> below(String separator) {
        return (one, other) ->
                one.equals(other) || one.startsWith(other + separator) || other.startsWith(one + separator);
    }
}
