package dev.strangler.pim.products.web;

import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Images;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Gives an image that was uploaded a moment ago the time to become known here. Whoever uploads an image and at once shows it on
 * a product would otherwise be told that there is none, only since the news of it is still on its way.
 */
@Component
class ExpectingImages {

    private static final long PAUSE_MILLIS = 10;

    /** Whoever waits keeps a thread that could answer somebody else; beyond so many nobody waits. */
    private static final int MOST_WAITING = 32;

    private final Images images;
    private final long patience;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    ExpectingImages(Images images, ProductProperties properties) {
        this.images = images;
        this.patience = properties.expectImagesFor().toNanos();
    }

    /** Returns as soon as all are known, at the latest after the patience for it. To be called outside a transaction. */
    void expect(Collection<ImageId> wanted) {
        if (wanted.isEmpty() || images.missing(wanted).isEmpty() || !waiting.tryAcquire()) {
            return;
        }
        long since = System.nanoTime();
        try {
            do {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } while (!images.missing(wanted).isEmpty() && System.nanoTime() - since < patience);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
    }
}
