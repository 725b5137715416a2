package dev.strangler.pim.assetlinks;

import dev.strangler.pim.products.ImageId;
import java.time.Instant;
import java.util.List;

/**
 * An image that a product may show, as far as this service needs to know it. One in the trash may be shown, too: its owner takes it
 * out again when it hears of it; it is only not offered.
 *
 * @param width in pixels
 * @param height in pixels
 * @param tags in their owner's order, without doubles
 * @param trashed whether it lies in its owner's trash
 * @param version of the asset
 */
public record AttachableImage(
        ImageId id,
        String fileName,
        String contentType,
        int width,
        int height,
        List<String> tags,
        boolean trashed,
        long version,
        Instant uploadedAt) {

    public AttachableImage {
        tags = List.copyOf(tags);
    }
}
