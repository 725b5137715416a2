package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that make products and give each one tag after the other. A write adds one tag that no other adds, so whoever holds all tags and as
 * many versions has every write, once.
 */
final class Tagging implements AutoCloseable {

    /** With its first, which comes with the product; more are refused. */
    private static final int TAGS = 20;

    private final RunningShop shop;
    private final String run;
    private final ExecutorService threads;
    private final int clients;
    private final Map<String, List<String>> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> servedBy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger writes = new AtomicInteger();

    /** @param run tells these products from those of others; letters */
    Tagging(RunningShop shop, String run, int clients) {
        this.shop = shop;
        this.run = run;
        this.clients = clients;
        this.threads = Executors.newFixedThreadPool(clients);
    }

    /** Writes so often in all, and returns when every write was acknowledged. */
    void write(int number, Duration limit) throws Exception {
        var left = new AtomicInteger(number);
        var running = new ArrayList<Future<Void>>();
        for (var client = 0; client < clients; client++) {
            running.add(threads.submit(writingWhile(run + "-" + client, left)));
        }
        for (var client : running) {
            client.get(limit.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Writes until it is closed. */
    void writeOn() {
        for (var client = 0; client < clients; client++) {
            threads.submit(writingWhile(run + "-" + client, new AtomicInteger(Integer.MAX_VALUE)));
        }
    }

    private Callable<Void> writingWhile(String name, AtomicInteger left) {
        return () -> {
            var client = shop.client();
            for (var product = 0; left.get() > 0; product++) {
                var sku = "%s-%d".formatted(name, product);
                List<String> tags = List.of();
                while (tags.size() < TAGS && left.getAndDecrement() > 0) {
                    tags = write(client, sku, tags);
                }
            }
            return null;
        };
    }

    private List<String> write(Client client, String sku, List<String> before) {
        var tags = new ArrayList<>(before);
        tags.add("write-" + before.size());
        var key = UUID.randomUUID().toString();
        var answer = before.isEmpty()
                ? client.command("POST", "/api/products", key, product(sku, tags))
                        .expecting(201)
                : client.command("PUT", "/api/products/" + sku + "/tags", key, Map.of("tags", tags))
                        .expecting(200);
        servedBy.add(answer.servedBy());
        writes.incrementAndGet();
        acknowledged.put(sku, List.copyOf(tags));
        return tags;
    }

    private static Map<String, Object> product(String sku, List<String> tags) {
        return Map.of(
                "sku",
                sku,
                "name",
                "Product " + sku,
                "description",
                "Tagged by a drill",
                "price",
                Map.of("amount", 1, "currency", "EUR"),
                "tags",
                tags,
                "imageIds",
                List.of());
    }

    int acknowledged() {
        return writes.get();
    }

    /** Who has answered writes. */
    Set<String> servedBy() {
        return Set.copyOf(servedBy);
    }

    /** Reads every acknowledged write back from that side: each is there, and none had its effect twice. */
    void isWholeAt(BothSides sides, String side) {
        var products = sides.products(side);
        acknowledged.forEach((sku, tags) -> {
            var found = products.get(sku);
            assertThat(found).as("product %s at %s", sku, side).isNotNull();
            var held = new TreeSet<String>();
            found.path("tags").forEach(tag -> held.add(tag.asString()));
            assertThat(held).as("tags of %s at %s", sku, side).isEqualTo(new TreeSet<>(tags));
            assertThat(found.path("version").asInt())
                    .as("version of %s at %s", sku, side)
                    .isEqualTo(tags.size());
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
