package dev.strangler.media.imaging;

/**
 * What a picture's structure tells without decoding it.
 *
 * @param type by content
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 * @param exif what the camera has written, how to turn it for display included
 * @param left where the first frame lies on the canvas, in pixels; 0 for all but GIF
 * @param top where the first frame lies on the canvas, in pixels; 0 for all but GIF
 */
public record Anatomy(ImageType type, int width, int height, Exif exif, int left, int top) {

    static Anatomy still(ImageType type, int width, int height, Exif exif) {
        return new Anatomy(type, width, height, exif, 0, 0);
    }

    /** How to turn it for display. */
    public Orientation orientation() {
        return exif.orientation();
    }

    /** In pixels, after turning. */
    public int displayedWidth() {
        return orientation().swapsSides() ? height : width;
    }

    /** In pixels, after turning. */
    public int displayedHeight() {
        return orientation().swapsSides() ? width : height;
    }
}
