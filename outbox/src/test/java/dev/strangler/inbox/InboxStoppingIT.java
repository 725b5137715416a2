package dev.strangler.inbox;

import static dev.strangler.inbox.Scene.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers that do not end when their inbox is stopped. */
@WithInfrastructure
class InboxStoppingIT {

    private Scene scene;

    @BeforeEach
    void open(Infrastructure infrastructure) {
        scene = new Scene(infrastructure);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_handler_that_does_not_return_is_not_joined_by_a_second_thread() {
        var held = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        scene.ledger.onApply = event -> {
            entered.countDown();
            awaitWhatever(held);
        };
        scene.events.send("a", 1).arrive();
        var inbox = scene.start(scene.ledger, impatient(scene.settings()));
        awaitWhatever(entered);
        try {
            inbox.stop();

            assertThat(inbox.isRunning()).isFalse();
            assertThatThrownBy(inbox::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has not returned since it was stopped")
                    .hasMessageContaining("start a new process");
        } finally {
            held.countDown();
        }
        soon().until(() -> {
            inbox.start();
            return inbox.isRunning();
        });
        soon().until(() -> scene.ledger.effects() == 1);
    }

    /** As a handler does that takes no notice of being interrupted. */
    private static void awaitWhatever(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                done = latch.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // it goes on
            }
        }
    }

    private static InboxSettings impatient(InboxSettings settings) {
        return new InboxSettings(
                settings.bootstrapServers(),
                settings.kafka(),
                settings.maxBatch(),
                settings.attempts(),
                settings.firstBackOff(),
                settings.longestBackOff(),
                settings.parkedLimit(),
                settings.verdictInterval(),
                settings.transactionLimit(),
                Duration.ofMillis(100),
                settings.applierRole(),
                settings.origin());
    }
}
