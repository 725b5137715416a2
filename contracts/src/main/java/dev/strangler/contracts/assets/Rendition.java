package dev.strangler.contracts.assets;

import static java.util.Objects.requireNonNull;

/**
 * A re-encoded, smaller picture of an asset, found by its digest.
 *
 * @param sha256 digest of its bytes, 64 lower-case hexadecimal digits; also its address in the blob store
 * @param contentType media type, like {@code image/png}
 * @param size in bytes
 * @param width in pixels
 * @param height in pixels
 */
public record Rendition(String sha256, String contentType, long size, int width, int height) {

    public Rendition {
        requireNonNull(sha256, "sha256");
        requireNonNull(contentType, "contentType");
    }
}
