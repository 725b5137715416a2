package dev.strangler.monolith.assets.imaging;

import dev.strangler.monolith.refusals.Refusal;
import dev.strangler.monolith.refusals.Refusal.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Draws thumbnails in a few workers of its own, so that hostile pictures can take neither the request threads nor the
 * memory: at most two pictures are decoded at once, each for a bounded time.
 *
 * <p>A worker is free again only when its decoder has really stopped. Should all hang, uploads are refused as UNAVAILABLE
 * and everything else goes on. Measured for the most expensive kind, a lossy WebP of 20 megapixels: 4.6 s and 290 MB.
 */
@Component
public class DrawingThumbnails implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DrawingThumbnails.class);

    /** Longest side of a thumbnail, in pixels. */
    public static final int BOX = 256;

    private final Semaphore decoders;
    private final ExecutorService workers;
    private final Duration patience;
    private final Duration deadline;

    /** With the configured numbers. */
    @Autowired
    public DrawingThumbnails(DecodingProperties properties) {
        this(properties.decoders(), properties.patience(), properties.deadline());
    }

    DrawingThumbnails(int decoders, Duration patience, Duration deadline) {
        this.decoders = new Semaphore(decoders, true);
        this.patience = patience;
        this.deadline = deadline;
        var number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(decoders, work -> {
            var thread = new Thread(work, "decoder-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Decodes what was examined before, and draws it into a box of {@link #BOX} pixels, turned for display. Smaller pictures
     * keep their size.
     *
     * @throws Refusal UNPROCESSABLE if the content cannot be decoded, or not in time; UNAVAILABLE if all decoders are busy
     */
    public DrawnThumbnail draw(Path file, Anatomy anatomy) {
        var decoding = new Decoding(file, anatomy);
        return within(decoding::giveUp, () -> {
            var decoded = decoding.decode();
            return Drawing.thumbnail(decoded, anatomy, BOX);
        });
    }

    /** Runs the work in a worker, if one is or becomes free in time, for the time that it may take. */
    DrawnThumbnail within(Runnable giveUp, Callable<DrawnThumbnail> work) {
        try {
            if (!decoders.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            return started(work).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            giveUp.run();
            throw ImageLimits.unprocessable(
                    "The picture was not decoded in %d ms, which is the limit. Save it anew, smaller or in another format."
                            .formatted(deadline.toMillis()));
        } catch (ExecutionException failure) {
            throw refused(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    /** Starts the work under a permit that only its end gives back: who waits for it may have gone long before. */
    private CompletableFuture<DrawnThumbnail> started(Callable<DrawnThumbnail> work) {
        var drawn = new CompletableFuture<DrawnThumbnail>();
        workers.execute(() -> {
            try {
                drawn.complete(work.call());
            } catch (Throwable failure) {
                drawn.completeExceptionally(failure);
            } finally {
                decoders.release();
            }
        });
        return drawn;
    }

    private static Refusal refused(@Nullable Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refusal;
        }
        if (cause instanceof OutOfMemoryError) {
            log.warn("A picture needed more memory than there was; it is refused for now");
            return busy();
        }
        if (cause instanceof Exception || cause instanceof StackOverflowError) {
            log.debug("A picture could not be decoded", cause);
            return ImageLimits.broken("looks like a picture, but its content cannot be decoded");
        }
        throw new IllegalStateException("Decoding failed", cause);
    }

    private static Refusal busy() {
        return Refusal.of(Kind.UNAVAILABLE, "All picture decoders are busy. Send the picture again in a few seconds.");
    }

    /** Whether a decoder is free at this moment. */
    boolean isIdle() {
        return decoders.availablePermits() > 0;
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }
}
