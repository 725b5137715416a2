package dev.strangler.dam.assets;

import dev.strangler.media.blobs.Sha256;

/**
 * An uploaded file: fixed for the asset's life.
 *
 * @param owner who uploaded it
 * @param fileName the name shown to people, never a path
 * @param contentType decided by content when it was uploaded
 * @param size in bytes
 * @param sha256 of all bytes; the blob's name in the store
 * @param width in pixels
 * @param height in pixels
 */
public record Original(
        String owner, String fileName, String contentType, long size, Sha256 sha256, int width, int height) {}
