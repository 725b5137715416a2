package dev.strangler.media.imaging;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work whose end gives its room back: who waits for the result may have gone long before. */
final class RunningWork implements Runnable {

    private static final long NOBODY = -1;

    private final Callable<DrawnThumbnail> work;
    private final Runnable atEnd;
    private final CompletableFuture<DrawnThumbnail> result = new CompletableFuture<>();
    private volatile long thread = NOBODY;
    private volatile Duration before = Duration.ZERO;

    RunningWork(Callable<DrawnThumbnail> work, Runnable atEnd) {
        this.work = work;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        long own = Thread.currentThread().getId();
        before = DrawingThumbnails.processorTime(own);
        thread = own;
        try {
            result.complete(work.call());
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        } finally {
            thread = NOBODY;
            atEnd.run();
        }
    }

    CompletableFuture<DrawnThumbnail> result() {
        return result;
    }

    /** How much the work has taken of a processor so far; nothing before its start and after its end. */
    Duration processorTime() {
        long worker = thread;
        return worker == NOBODY
                ? Duration.ZERO
                : DrawingThumbnails.processorTime(worker).minus(before);
    }
}
