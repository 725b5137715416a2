package dev.strangler.side.search;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Some of the things found.
 *
 * @param total how many were found in all
 */
public record Found<T>(List<T> items, long total) {

    public Found {
        items = List.copyOf(items);
    }

    /** These items of a page; counting all of them is only asked for when the page does not tell by itself. */
    public static <T> Found<T> page(List<T> items, long offset, int size, LongSupplier count) {
        boolean last = items.size() < size && (offset == 0 || !items.isEmpty());
        return new Found<>(items, last ? offset + items.size() : count.getAsLong());
    }
}
