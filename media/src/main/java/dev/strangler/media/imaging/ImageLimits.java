package dev.strangler.media.imaging;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.util.Locale;

/**
 * What a picture may claim in its header before anything is decoded: a file of a kilobyte can claim 18,000 by 11,000
 * pixels. The numbers for pixels and ratio are those that Shopify publishes for its merchants' pictures.
 *
 * @param pixels width times height
 * @param ratio longer side to shorter side
 * @param frames of an animation
 * @param framePixels the pixels of all frames of an animation together
 * @param scans of a progressive JPEG, as each one is a pass over the whole picture
 */
record ImageLimits(long pixels, int ratio, int frames, long framePixels, int scans) {

    static final ImageLimits STANDARD = new ImageLimits(20_000_000, 100, 500, 400_000_000, 100);

    /**
     * Does nothing if a picture may have these sides.
     *
     * @throws Refusal UNPROCESSABLE with what is wrong
     */
    void checkSides(long width, long height) {
        if (width < 1 || height < 1) {
            throw broken("claims %d x %d pixels, one by one is the least".formatted(width, height));
        }
        if (width * height > pixels) {
            throw unprocessable(String.format(
                    Locale.ROOT,
                    "The picture claims %,d x %,d = %,d pixels, %,d are allowed. Scale it down first.",
                    width,
                    height,
                    width * height,
                    pixels));
        }
        if (Math.max(width, height) > ratio * Math.min(width, height)) {
            throw unprocessable(String.format(
                    Locale.ROOT,
                    "The picture's sides are %,d and %,d pixels, a ratio of %d:1 is allowed. Crop it first.",
                    width,
                    height,
                    ratio));
        }
    }

    /** Counts one more frame of an animation in, and refuses when it is one too many. */
    Frames add(Frames soFar, long width, long height) {
        checkSidesOfFrame(width, height);
        var sum = new Frames(soFar.count() + 1, soFar.pixels() + width * height);
        if (sum.count() > frames) {
            throw unprocessable(
                    "The animation has more than %d frames, which is the limit. Shorten it.".formatted(frames));
        }
        if (sum.pixels() > framePixels) {
            throw unprocessable(String.format(
                            Locale.ROOT,
                            "The animation's frames have more than %,d pixels together, which is the limit.",
                            framePixels)
                    + " Shorten it or scale it down.");
        }
        return sum;
    }

    void checkScans(int count) {
        if (count > scans) {
            throw unprocessable("The JPEG has more than %d scans, which is the limit. Save it anew.".formatted(scans));
        }
    }

    private void checkSidesOfFrame(long width, long height) {
        if (width < 1 || height < 1) {
            throw broken("has a frame of %d x %d pixels".formatted(width, height));
        }
        if (width * height > pixels) {
            throw unprocessable(String.format(
                    Locale.ROOT,
                    "A frame claims %,d x %,d pixels, %,d are allowed. Scale it down first.",
                    width,
                    height,
                    pixels));
        }
    }

    /** How much an animation holds. */
    record Frames(int count, long pixels) {
        static final Frames NONE = new Frames(0, 0);
    }

    /** The refusal of a picture that is complete and readable, but beyond a limit. */
    static Refusal unprocessable(String detail) {
        return Refusal.of(Kind.UNPROCESSABLE, detail);
    }

    /** The refusal of a picture that is not what its type demands. */
    static Refusal broken(String fact) {
        return unprocessable("The file " + fact + ". Open it in a picture editor and save it anew.");
    }
}
