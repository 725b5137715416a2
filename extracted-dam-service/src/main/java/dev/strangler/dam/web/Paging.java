package dev.strangler.dam.web;

import java.util.ArrayList;

/**
 * Which page of a list a client asks for. The limits are the monolith's, so that both sides refuse the same.
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
     * @throws Refusal INVALID if page or size is out of its limits
     */
    public Paging {
        var mistakes = new ArrayList<Refusal.Mistake>();
        if (page < 0 || page > MAX_PAGE) {
            mistakes.add(new Refusal.Mistake("page", "is " + page + ", must be 0 to " + MAX_PAGE));
        }
        if (size < 1 || size > MAX_SIZE) {
            mistakes.add(new Refusal.Mistake("size", "is " + size + ", must be 1 to " + MAX_SIZE));
        }
        if (!mistakes.isEmpty()) {
            throw Refusal.invalid(mistakes);
        }
    }

    /** How many items come before this page. */
    public long offset() {
        return (long) page * size;
    }
}
