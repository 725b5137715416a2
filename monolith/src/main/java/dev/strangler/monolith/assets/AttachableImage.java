package dev.strangler.monolith.assets;

import java.util.List;

/**
 * An image that a product may show, as far as another feature may know it.
 *
 * @param width in pixels, as displayed (orientation applied)
 * @param height in pixels, as displayed (orientation applied)
 * @param tags in byte order of their UTF-8 form, without doubles
 */
public record AttachableImage(
        AssetId id, String fileName, String contentType, int width, int height, List<String> tags) {

    public AttachableImage {
        tags = List.copyOf(tags);
    }
}
