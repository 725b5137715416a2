package dev.strangler.architecture.sql;

import java.util.List;
import java.util.Optional;

/**
 * What could be read of a text.
 *
 * @param writes the tables that it writes for sure; none for a plain query
 * @param unreadable what could not be read, each as the end of the sentence "can't be known, since …"; none if all of it was
 */
public record SqlReading(List<SqlWrite> writes, List<String> unreadable) {

    /** Copies its lists. */
    public SqlReading {
        writes = List.copyOf(writes);
        unreadable = List.copyOf(unreadable);
    }

    /** The first reason why not all of it could be read. */
    public Optional<String> doubt() {
        return unreadable.stream().findFirst();
    }
}
