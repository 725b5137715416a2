package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.StreamAway;
import java.time.Instant;

/** A stream that carries whatever the test says, when a marker crosses; or that stands still. */
final class PretendedStream implements Crossings {

    private Runnable carried = () -> {};
    private boolean isStill;
    private boolean isAway;
    private int crossings;

    /** From now on each crossing carries this along. */
    void carries(Runnable changes) {
        carried = changes;
    }

    void standsStill() {
        isStill = true;
    }

    void isAway() {
        isAway = true;
    }

    int crossings() {
        return crossings;
    }

    @Override
    public Crossing begin(Feature feature, Direction direction, String name) {
        if (isAway) {
            throw new StreamAway("The broker does not answer.");
        }
        crossings++;
        return new Crossing(feature, direction, name, 1, Instant.EPOCH);
    }

    @Override
    public boolean hasArrived(Crossing crossing) {
        if (!isStill) {
            carried.run();
        }
        return !isStill;
    }
}
