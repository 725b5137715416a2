package dev.strangler.facade.console;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.facade.control.ControlRefusal;
import dev.strangler.facade.control.KnownFeatures;
import dev.strangler.facade.control.ParkedController;
import dev.strangler.facade.control.ParkedController.Key;
import dev.strangler.facade.sides.ParkedKeys.ParkedKey;
import org.springframework.stereotype.Component;

/** Decides on parked keys, by the control API's own words. */
@Component
class ParkedActs {

    private final FeatureMap map;
    private final ParkedController parked;

    ParkedActs(FeatureMap map, ParkedController parked) {
        this.map = map;
        this.parked = parked;
    }

    /** A parked key, and the feature that its topic belongs to; empty for a topic of none. */
    record Waiting(ParkedKey key, String feature) {}

    Waiting waiting(ParkedKey key) {
        return new Waiting(
                key,
                map.features().stream()
                        .filter(feature -> feature.topic().equals(key.topic()))
                        .map(feature -> feature.name().value())
                        .findFirst()
                        .orElse(""));
    }

    /** The feature must be the one that the key belongs to, since it is what has been confirmed. */
    Said decide(Act act, String feature, String consumer, String type, String id, Operator operator) {
        KnownFeatures.named(map, feature);
        var isOfFeature = parked.all().items().stream()
                .filter(key -> key.consumer().equals(consumer)
                        && key.aggregateType().equals(type)
                        && key.aggregateId().equals(id))
                .map(this::waiting)
                .anyMatch(waiting -> waiting.feature().equals(feature));
        if (!isOfFeature) {
            throw ControlRefusal.notFound(
                    "'%s' has no parked key %s %s of %s. Load the page anew.".formatted(feature, type, id, consumer));
        }
        var key = new Key(consumer, type, id, operator.who());
        var decided = switch (act) {
            case RETRY -> parked.retry(key);
            case SKIP -> parked.skip(key);
            default ->
                throw ControlRefusal.notFound("'%s' is nothing that is done to a parked key.".formatted(act.verb()));
        };
        return Said.done("%s of %s %s was asked for; %s carries it out at its next look."
                .formatted(
                        decided.verdict().toLowerCase(java.util.Locale.ROOT),
                        decided.aggregateType(),
                        decided.aggregateId(),
                        decided.consumer()));
    }
}
