package dev.strangler.monolith.web;

import java.util.List;

/**
 * One page of a list, in the shape of every list answer.
 *
 * @param page counted from 0
 * @param size how many items a full page has
 * @param total how many items all pages have
 */
public record Listing<T>(List<T> items, int page, int size, long total) {}
