package dev.strangler.side.web;

import dev.strangler.side.refusals.Mistakes;

/**
 * Which page of a list a client asks for. The limits are the same on both sides, so that both refuse the same.
 *
 * @param page from 0
 * @param size how many items at most
 */
public record Paging(int page, int size) {

    /** Most items of one answer. */
    public static final int MAX_SIZE = 100;

    /** Last page that can be asked for; beyond it a search is the better way. */
    public static final int MAX_PAGE = 1_000_000;

    /**
     * @throws dev.strangler.side.refusals.Refusal INVALID if page or size is out of its limits
     */
    public Paging {
        var mistakes = new Mistakes();
        mistakes.unless(page >= 0 && page <= MAX_PAGE, "page", "is " + page + ", must be 0 to " + MAX_PAGE);
        mistakes.unless(size >= 1 && size <= MAX_SIZE, "size", "is " + size + ", must be 1 to " + MAX_SIZE);
        mistakes.refuse();
    }

    /** How many items come before this page. */
    public long offset() {
        return (long) page * size;
    }
}
