package dev.strangler.media.imaging;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
 * memory: few pictures are decoded at once, in bounded memory together, each for a bounded time.
 *
 * <p>A worker is free again only when its decoder has really stopped. Should all hang, uploads are refused as UNAVAILABLE
 * and everything else goes on. The time limit counts the processor's time, so that a busy machine is not taken for a hostile
 * picture. Measured for the most expensive kind, a WebP of 20 megapixels: 5 s.
 */
@Component
public class DrawingThumbnails implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DrawingThumbnails.class);

    /** Longest side of a thumbnail, in pixels. */
    public static final int BOX = 256;

    private static final Duration LOOK = Duration.ofMillis(100);

    private final DecodingRoom room;
    private final ExecutorService workers;
    private final DecodingProperties properties;

    /** With the configured numbers. */
    @Autowired
    public DrawingThumbnails(DecodingProperties properties) {
        this(properties, new DecodingRoom(properties.decoders(), DecodingRoom.halfOfTheHeap()));
    }

    DrawingThumbnails(DecodingProperties properties, DecodingRoom room) {
        this.properties = properties;
        this.room = room;
        var number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(properties.decoders(), work -> {
            var thread = new Thread(work, "decoder-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Decodes what was examined before, and draws it into a box of {@link #BOX} pixels, turned for display. Smaller pictures
     * keep their size.
     *
     * @throws Refusal UNPROCESSABLE if the content cannot be decoded, or takes too long; UNAVAILABLE if all decoders are busy
     *     or the machine is
     */
    public DrawnThumbnail draw(Path file, Anatomy anatomy) {
        var decoding = new Decoding(file, anatomy);
        return within(DecodingRoom.need(anatomy), decoding::giveUp, () -> {
            var decoded = decoding.decode();
            return Drawing.thumbnail(decoded, anatomy, BOX);
        });
    }

    /** Runs the work in a worker, if there is or becomes room in time, for the time that it may take. */
    DrawnThumbnail within(int need, Runnable giveUp, Callable<DrawnThumbnail> work) {
        try {
            if (!room.enter(need, properties.patience())) {
                throw busy("All picture decoders are busy.");
            }
            var running = new RunningWork(work, () -> room.leave(need));
            workers.execute(running);
            return finished(running, giveUp);
        } catch (ExecutionException failure) {
            throw refused(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy("The shop is stopping.");
        }
    }

    private DrawnThumbnail finished(RunningWork running, Runnable giveUp)
            throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + properties.longest().toNanos();
        while (true) {
            try {
                return running.result().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (running.processorTime().compareTo(properties.deadline()) > 0) {
                    giveUp.run();
                    throw ImageLimits.unprocessable(
                            "Decoding the picture took more than %d ms, which is the limit. Save it anew, smaller or in another format."
                                    .formatted(properties.deadline().toMillis()));
                }
                if (System.nanoTime() > end) {
                    giveUp.run();
                    throw busy("The machine was too busy to decode the picture.");
                }
            }
        }
    }

    private static Refusal refused(@Nullable Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refusal;
        }
        if (cause instanceof OutOfMemoryError) {
            log.warn("A picture needed more memory than there was; it is refused for now");
            return busy("There was not enough memory to decode the picture.");
        }
        if (cause instanceof Exception || cause instanceof StackOverflowError) {
            log.debug("A picture could not be decoded", cause);
            return ImageLimits.broken("looks like a picture, but its content cannot be decoded");
        }
        throw new IllegalStateException("Decoding failed", cause);
    }

    private static Refusal busy(String fact) {
        return Refusal.of(Kind.UNAVAILABLE, fact + " Send the picture again in a few seconds.");
    }

    /** Whether no decoder works at this moment. */
    boolean isIdle() {
        return room.isEmpty();
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }

    /** How long a thread has worked, the waiting for a processor not counted. */
    static Duration processorTime(long thread) {
        return Duration.ofNanos(Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread)));
    }
}
