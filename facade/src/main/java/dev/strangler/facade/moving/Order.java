package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import java.util.List;

/**
 * What an operator asks for.
 *
 * @param feature whose writes are to be handed over
 * @param direction which way
 * @param who the operator
 * @param why the reason; may be empty
 * @param waived names of gates to pass though they say no
 */
public record Order(Feature feature, Direction direction, String who, String why, List<String> waived) {

    public Order {
        waived = List.copyOf(waived);
    }
}
