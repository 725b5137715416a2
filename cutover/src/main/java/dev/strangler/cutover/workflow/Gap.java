package dev.strangler.cutover.workflow;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The time in which nobody may write, and what is left of it. Steps that may be late ask within it. */
final class Gap {

    private Gap() {}

    /** @throws StepFailed if nobody could write for longer than allowed */
    static void requireTime(Scene scene) {
        var left = left(scene);
        if (left.isNegative()) {
            var allowed = scene.limits().gap().whole();
            throw new StepFailed("Nobody could write for %d ms, allowed are %d ms before everything is taken back."
                    .formatted(allowed.minus(left).toMillis(), allowed.toMillis()));
        }
    }

    /** What is left; all of it before the fence has closed. Negative when it is over. */
    static Duration left(Scene scene) {
        var whole = scene.limits().gap().whole();
        return scene.notes()
                .patienceFrom()
                .map(since -> whole.minus(Duration.between(since, scene.clock().instant())))
                .orElse(whole);
    }

    /**
     * Asks within what is left. A statement that is not answered by then goes on by itself until its database ends it, and nobody takes notice:
     * so it may only read, or write what does no harm if it comes late. Whoever asks in bites looks between two of them whether it was interrupted.
     *
     * @throws StepFailed if there is no answer in time
     */
    static <T> T within(Scene scene, String what, Supplier<T> question) {
        requireTime(scene);
        var left = left(scene);
        var answer = new FutureTask<>(question::get);
        var asking = new Thread(answer, "gap-" + scene.operation().feature());
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new StepFailed("%s took longer than the %d ms that were left of the %d ms in which nobody may write."
                    .formatted(
                            what, left.toMillis(), scene.limits().gap().whole().toMillis()));
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new StepFailed("%s was interrupted.".formatted(what));
        } catch (ExecutionException failed) {
            throw thrown(failed);
        }
    }

    /** As if it had been thrown by the thread that asked. */
    private static RuntimeException thrown(ExecutionException failed) {
        var failure = failed.getCause();
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failed);
    }
}
