package dev.strangler.cli.rehearse;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Clients that write at an even rate until they are told to stop. */
final class Load implements AutoCloseable {

    private static final Duration LAST_WRITE = Duration.ofSeconds(90);

    private final List<Shopper> shoppers = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * @param run tells this rehearsal's aggregates from those of others; letters and digits
     * @param shops the façades; each request goes to any of them
     */
    Load(
            String run,
            Aggregates kind,
            List<URI> shops,
            int clients,
            int writesPerSecond,
            Recording recording,
            long seed) {
        var pace = new Pace(writesPerSecond);
        threads = Executors.newFixedThreadPool(clients);
        for (var client = 0; client < clients; client++) {
            var shopper = new Shopper("%s-c%d".formatted(run, client), kind, shops, pace, recording, seed + client);
            shoppers.add(shopper);
            threads.execute(shopper);
        }
    }

    /** Lets everybody finish the write at hand, with all its repetitions. */
    @Override
    public void close() {
        shoppers.forEach(Shopper::finish);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WRITE.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException ending) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
