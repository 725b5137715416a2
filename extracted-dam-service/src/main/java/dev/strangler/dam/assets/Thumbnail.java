package dev.strangler.dam.assets;

import dev.strangler.media.blobs.Sha256;

/**
 * The small rendition of an asset, in its own blob.
 *
 * @param size in bytes
 * @param width in pixels
 * @param height in pixels
 */
public record Thumbnail(Sha256 sha256, String contentType, long size, int width, int height) {}
