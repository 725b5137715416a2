package dev.strangler.pim.products.web;

import dev.strangler.pim.assetlinks.AttachableImage;
import java.util.List;
import java.util.UUID;

/** An image that can be attached, as clients see it; field names and order are the interface. */
record AttachableImageAnswer(
        UUID id, String fileName, String contentType, int width, int height, List<String> tags, String status) {

    static AttachableImageAnswer of(AttachableImage image) {
        return new AttachableImageAnswer(
                image.id().value(),
                image.fileName(),
                image.contentType(),
                image.width(),
                image.height(),
                image.tags(),
                "ACTIVE");
    }
}
