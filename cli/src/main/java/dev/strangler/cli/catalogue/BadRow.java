package dev.strangler.cli.catalogue;

/**
 * A row that did not go in.
 *
 * @param line where the row begins in the file, from 1
 * @param handle the product it belongs to; empty when the row does not say
 * @param reason the fact, the limit and the way out
 */
public record BadRow(long line, String handle, String reason) {}
