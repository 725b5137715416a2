package dev.strangler.media.blobs;

/**
 * A blob that somebody needs.
 *
 * @param size in bytes, as announced; a source that sends more is cut off
 */
public record Wanted(Sha256 digest, long size) {}
