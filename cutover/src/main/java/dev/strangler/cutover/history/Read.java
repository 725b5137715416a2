package dev.strangler.cutover.history;

import java.util.Set;

/**
 * A client read one aggregate.
 *
 * @param number grows in the order in which this client began its operations
 * @param client who
 * @param aggregate the id of the aggregate
 * @param version the version that was shown
 * @param elements all that it held
 * @param answeredBy the side that answered
 */
public record Read(
        long number, String client, String aggregate, long version, Set<String> elements, String answeredBy) {

    public Read {
        elements = Set.copyOf(elements);
    }
}
