package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Place;
import java.util.Map;

/**
 * What one transaction may come to write.
 *
 * @param place the method that begins it
 * @param tables the tables that are written for sure in it or in what it calls, each with the place of one of the writes
 */
public record Transaction(Place place, Map<String, Place> tables) {

    /** Copies its map. */
    public Transaction {
        tables = Map.copyOf(tables);
    }
}
