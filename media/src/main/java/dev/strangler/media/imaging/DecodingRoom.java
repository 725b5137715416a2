package dev.strangler.media.imaging;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many pictures may be decoded at once, and in how much memory together. First come, first served, so that large
 * pictures are not overtaken for ever by small ones.
 */
final class DecodingRoom {

    private static final int MEGABYTE = 1 << 20;

    private final Semaphore places;
    private final Semaphore memory;
    private final int megabytes;

    /** @param megabytes of memory for all pictures; a picture that needs more gets all of it, alone */
    DecodingRoom(int places, int megabytes) {
        this.places = new Semaphore(places, true);
        this.memory = new Semaphore(megabytes, true);
        this.megabytes = megabytes;
    }

    /** Half of what this process may take, since the other half serves requests. */
    static int halfOfTheHeap() {
        return (int) Math.max(64, Runtime.getRuntime().maxMemory() / 2 / MEGABYTE);
    }

    /**
     * What decoding takes, in megabytes. Rows and columns are left out while decoding, so that only few pixels are ever held;
     * but the decoder of WebP holds the whole picture: measured with 20 megapixels, less than 64 MB heap are too little for
     * lossy, less than 96 MB for lossless ones.
     */
    static int need(Anatomy anatomy) {
        long pixels = (long) anatomy.width() * anatomy.height();
        return 24 + (anatomy.type() == ImageType.WEBP ? (int) (6 * pixels / MEGABYTE) : 0);
    }

    /** Enters as soon as there is room; false if there was none in time. */
    boolean enter(int need, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = memory.tryAcquire(Math.min(need, megabytes), end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return entered;
        } finally {
            if (!entered) {
                places.release();
            }
        }
    }

    /** Gives back what {@link #enter} took for the same need. */
    void leave(int need) {
        memory.release(Math.min(need, megabytes));
        places.release();
    }

    /** Whether nobody is inside. */
    boolean isEmpty() {
        return memory.availablePermits() == megabytes;
    }
}
