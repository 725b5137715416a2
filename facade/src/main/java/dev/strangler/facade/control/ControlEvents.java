package dev.strangler.facade.control;

import dev.strangler.cutover.Route;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.outbox.relay.RelayState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells whoever listens what happens. Each listener has a thread and a bounded queue of its own: one that reads too slowly is cut off,
 * comes again, and looks at the whole; it never holds up anybody else.
 */
@Component
public class ControlEvents implements AutoCloseable {

    private static final int MOST_LISTENERS = 32;
    private static final int QUEUE = 256;
    private static final Duration WITHOUT_END = Duration.ofDays(36_500);
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(ControlEvents.class);

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, MOST_LISTENERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                var thread = new Thread(task, "control-events");
                thread.setDaemon(true);
                return thread;
            });

    /** A route that this instance goes by from now on. */
    record RouteEvent(String feature, RouteView route) {}

    /** A step that began, was done, or failed. */
    record OperationEvent(String feature, String operation, OperationView.StepView step) {}

    private record Event(String name, Object data) {}

    private record Listener(SseEmitter emitter, BlockingQueue<Event> queue, long since, Duration longest) {

        boolean isOver() {
            return System.nanoTime() - since > longest.toNanos();
        }
    }

    /** Whether anybody listens. */
    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Tells of a route that this instance goes by from now on. */
    public void routeChanged(Route route) {
        tell("route", new RouteEvent(route.feature().value(), RouteView.of(route)));
    }

    /** Tells of a relay whose condition has changed. */
    public void relayChanged(RelayState now) {
        tell("relay", now);
    }

    /** Tells of a step of an operation that this instance leads. */
    public void operationWentOn(Operation operation, JournalEntry entry) {
        tell(
                "operation",
                new OperationEvent(
                        operation.feature().value(), operation.id().value(), OperationView.StepView.of(entry)));
    }

    /** Tells all listeners; never waits. */
    void tell(String name, Object data) {
        for (var listener : listeners) {
            if (!listener.queue().offer(new Event(name, data))) {
                end(listener);
            }
        }
    }

    /**
     * Lets in one more listener, told everything from now on.
     *
     * @throws RuntimeException when as many as may listen do already
     */
    public SseEmitter listen() {
        return listenFor(WITHOUT_END);
    }

    /**
     * The same for so long; then the listener is cut off, and has to ask again whether it may.
     *
     * @throws RuntimeException when as many as may listen do already
     */
    public SseEmitter listenFor(Duration longest) {
        var listener = new Listener(new SseEmitter(0L), new ArrayBlockingQueue<>(QUEUE), System.nanoTime(), longest);
        listener.emitter().onCompletion(() -> listeners.remove(listener));
        listener.emitter().onError(failure -> listeners.remove(listener));
        listeners.add(listener);
        listener.queue().add(new Event("hello", Map.of("listeners", listeners.size())));
        try {
            threads.execute(() -> send(listener));
        } catch (RejectedExecutionException full) {
            listeners.remove(listener);
            throw ControlRefusal.busy(
                    "%d listen already, more are not let in. Come again later.".formatted(MOST_LISTENERS));
        }
        return listener.emitter();
    }

    private void send(Listener listener) {
        try {
            while (listeners.contains(listener) && !listener.isOver()) {
                var event = listener.queue().poll(BETWEEN_SIGNS_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
                listener.emitter()
                        .send(
                                event == null
                                        ? SseEmitter.event().comment("still here")
                                        : SseEmitter.event().name(event.name()).data(event.data()));
            }
            end(listener);
        } catch (IOException | IllegalStateException gone) {
            end(listener);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            end(listener);
        }
    }

    private void end(Listener listener) {
        listeners.remove(listener);
        try {
            listener.emitter().complete();
        } catch (IllegalStateException gone) {
            // The listener hung up, and its connection serves another request by now: nothing is left to end.
            log.debug("A listener had gone before it was told of the end", gone);
        }
    }

    @Override
    public void close() {
        listeners.forEach(this::end);
        threads.shutdownNow();
    }
}
