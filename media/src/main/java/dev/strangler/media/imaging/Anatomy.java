package dev.strangler.media.imaging;

/**
 * What a picture's structure tells without decoding it.
 *
 * @param type by content
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 * @param orientation how to turn it for display, by the EXIF number
 * @param left where the first frame lies on the canvas, in pixels; 0 for all but GIF
 * @param top where the first frame lies on the canvas, in pixels; 0 for all but GIF
 */
public record Anatomy(ImageType type, int width, int height, Orientation orientation, int left, int top) {

    static Anatomy still(ImageType type, int width, int height, Orientation orientation) {
        return new Anatomy(type, width, height, orientation, 0, 0);
    }

    /** In pixels, after turning. */
    public int displayedWidth() {
        return orientation.swapsSides() ? height : width;
    }

    /** In pixels, after turning. */
    public int displayedHeight() {
        return orientation.swapsSides() ? width : height;
    }
}
