package dev.strangler.monolith.assets;

import dev.strangler.media.uploads.ReceivedPicture;

/**
 * An uploaded file as it came in.
 *
 * @param owner who uploaded it; the same file of the same owner is one asset
 * @param fileName the client's name for it, checked; never used as a path
 * @param contentType decided by content
 * @param size in bytes
 * @param sha256 of all bytes, lower-case hexadecimal; the blob's name in the store
 * @param width in pixels, as displayed (orientation applied)
 * @param height in pixels, as displayed (orientation applied)
 */
record Original(String owner, String fileName, String contentType, long size, String sha256, int width, int height) {

    static Original of(ReceivedPicture picture) {
        var incoming = picture.incoming();
        var anatomy = picture.anatomy();
        return new Original(
                picture.owner().name(),
                picture.name().value(),
                anatomy.type().mediaType(),
                incoming.size(),
                incoming.sha256().hex(),
                anatomy.displayedWidth(),
                anatomy.displayedHeight());
    }
}
