package dev.strangler.cutover.history;

import java.util.Set;

/**
 * What a side holds of an aggregate once everything has come to rest.
 *
 * @param version of the aggregate
 * @param elements all that it holds
 */
public record Held(long version, Set<String> elements) {

    public Held {
        elements = Set.copyOf(elements);
    }
}
