package dev.strangler.side.web;

import dev.strangler.side.search.Found;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, in the shape of every list answer.
 *
 * @param page counted from 0
 * @param size how many items a full page has
 * @param total how many items all pages have
 */
public record Listing<T>(List<T> items, int page, int size, long total) {

    /** The page with what was found, each item told in the client's terms. */
    public static <F, T> Listing<T> of(Found<F> found, Paging paging, Function<F, T> telling) {
        return new Listing<>(found.items().stream().map(telling).toList(), paging.page(), paging.size(), found.total());
    }
}
