package dev.strangler.facade.moving;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.LastWords;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.AnotherOperation;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.facade.relay.RelayDuties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The way out of a lost slot, for whoever owns what by now. A recovered relay says old events again; of a feature that its side has handed over
 * since, those come behind the new owner's, who therefore has to have the last word once more: {@link SettlingHandovers} sees to that as it does
 * after a handover whose relay confirms late, as soon as the relay is past what it was made to repeat.
 */
public final class RecoveringRelays {

    private static final int LOOK_BACK = 20;

    private final FeatureMap map;
    private final RelayDuties relays;
    private final Operations operations;
    private final LastWords words;
    private final Assembling assembling;

    RecoveringRelays(
            FeatureMap map, RelayDuties relays, Operations operations, LastWords words, Assembling assembling) {
        this.map = map;
        this.relays = relays;
        this.operations = operations;
        this.words = words;
        this.assembling = assembling;
    }

    /**
     * What a recovery came to.
     *
     * @param appendedAgain events
     * @param reopened features of which the new owner will say its newest events again
     */
    public record Recovered(String connector, long appendedAgain, List<String> reopened) {

        public Recovered {
            reopened = List.copyOf(reopened);
        }
    }

    /**
     * Makes the slot anew, appends again what it may have missed, and notes who has to have the last word after that. Safe to run again
     * after it failed anywhere.
     *
     * @throws IllegalArgumentException when no connector of the map has that name
     * @throws AnotherOperation when a feature of the side is being handed over; nothing is changed then
     */
    public Recovered recover(String connector) {
        refuseDuringHandovers(connector);
        var appended = relays.recover(connector);
        var reopened = new ArrayList<String>();
        for (var feature : map.features()) {
            for (var side : sidesOf(feature, connector)) {
                lastHandover(feature).filter(last -> last.source() == side).ifPresent(last -> {
                    reopen(feature, last, connector, appended);
                    reopened.add(feature.name().value());
                });
            }
        }
        return new Recovered(connector, appended, reopened);
    }

    /** One that drains through this very relay takes itself back; until then nobody knows whose events are old. */
    private void refuseDuringHandovers(String connector) {
        map.features().stream()
                .filter(feature -> !sidesOf(feature, connector).isEmpty())
                .forEach(feature -> operations.unfinished(feature.name()).ifPresent(standing -> {
                    throw new AnotherOperation(feature.name(), standing.said());
                }));
    }

    private List<Side> sidesOf(Feature feature, String connector) {
        return Arrays.stream(Side.values())
                .filter(side -> map.deployable(feature, side).connector().name().equals(connector))
                .toList();
    }

    private Optional<Operation> lastHandover(Feature feature) {
        return operations.of(feature.name(), LOOK_BACK).stream()
                .filter(standing -> standing.course() == Course.DONE)
                .findFirst()
                .map(Standing::operation);
    }

    private void reopen(Feature feature, Operation last, String connector, long appended) {
        var end = assembling.of(feature, last.direction()).echoes().end(last.source());
        words.reopen(
                last.id(),
                end,
                "%s was recovered and says %d old events again; the owner says its newest behind them."
                        .formatted(connector, appended));
    }
}
