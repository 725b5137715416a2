package dev.strangler.media.imaging;

/**
 * A small picture, drawn anew from pixels only.
 *
 * @param bytes of the file
 * @param contentType {@code image/png} if any pixel is transparent, else {@code image/jpeg}
 * @param width in pixels
 * @param height in pixels
 */
public record DrawnThumbnail(byte[] bytes, String contentType, int width, int height) {}
