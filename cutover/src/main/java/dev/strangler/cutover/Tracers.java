package dev.strangler.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the tracers of all features know, stored durably. Of several façades one at a time traces a direction. */
public interface Tracers {

    /** What is known of that direction; empty when nobody has traced it yet. */
    Optional<Tracing> last(FeatureName feature, Direction direction);

    /** Everything that is known of the feature. */
    List<Tracing> of(FeatureName feature);

    /** Takes the next round if it is due, the interval after the one before; answers its number. */
    OptionalLong claim(FeatureName feature, Direction direction, Duration interval);

    /** Notes that a marker has arrived. An older one than is known already changes nothing. */
    void arrived(FeatureName feature, Direction direction, Instant sentAt, Instant arrivedAt);

    /** Notes why none has arrived. */
    void inTrouble(FeatureName feature, Direction direction, String trouble);
}
