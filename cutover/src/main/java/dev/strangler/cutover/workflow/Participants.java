package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Fence;
import dev.strangler.cutover.Side;
import java.util.Map;

/**
 * Everybody who takes part in handing over one feature in one direction.
 *
 * @param feature whose writes
 * @param fences of both sides
 * @param traffic the clients' requests
 * @param markers on their way
 * @param comparing with the source as the owner
 * @param answers from source to target
 * @param ids of the target
 * @param streams how events flow
 * @param echoes what relays may repeat
 * @param precedents what has become of the feature so far
 */
public record Participants(
        Feature feature,
        Map<Side, Fence> fences,
        Traffic traffic,
        MarkerStream markers,
        Comparing comparing,
        Answers answers,
        IdGenerators ids,
        Streams streams,
        Echoes echoes,
        Precedents precedents) {

    public Participants {
        fences = Map.copyOf(fences);
        for (var side : Side.values()) {
            if (!fences.containsKey(side)) {
                throw new IllegalArgumentException(
                        "There is no fence of %s on side %s.".formatted(feature.name(), side));
            }
        }
    }

    /** That side's fence. */
    public Fence fence(Side side) {
        var fence = fences.get(side);
        if (fence == null) {
            throw new IllegalStateException("The constructor has checked both sides, " + side + " is missing.");
        }
        return fence;
    }
}
