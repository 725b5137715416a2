package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Clients that write without end, each id once more until it is taken. */
final class Clients implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    final AtomicReference<String> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isRunning = true;

    Clients(List<FacadeProcess> facades) {
        for (var facade : facades) {
            for (var client = 0; client < 2; client++) {
                var thread = new Thread(() -> run(facade));
                threads.add(thread);
                thread.start();
            }
        }
    }

    private void run(FacadeProcess facade) {
        try {
            while (isRunning) {
                write(facade);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (RuntimeException broken) {
            failure.set(broken.toString());
        }
    }

    /** Answers who took it. */
    String write(FacadeProcess facade) {
        var id = "asset-" + number.incrementAndGet();
        while (true) {
            var answer = facade.send(
                    HttpRequest.newBuilder(facade.shop("/api/assets")).POST(BodyPublishers.ofString(id)));
            if (answer.statusCode() == 201) {
                acknowledged.add(id);
                return answer.headers().firstValue("X-Served-By").orElse("nobody");
            }
            if (answer.statusCode() != 503
                    || answer.headers().firstValue("Retry-After").isEmpty()) {
                failure.set(answer.statusCode() + ": " + answer.body());
                return "nobody";
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    void awaitTaken(int more) {
        var wanted = acknowledged.size() + more;
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= wanted || failure.get() != null);
        assertThat(failure.get()).isNull();
    }

    void end() {
        isRunning = false;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        end();
    }
}
