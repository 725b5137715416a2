package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writers that upload, tag, trash and sell pictures, each insisting on an answer, and what must be true of the shop when all of them have
 * been answered. Every asset and product has one writer, so its last acknowledged command decides.
 */
final class Load implements AutoCloseable {

    /** What the last acknowledged command left. */
    record Expected(String fileName, List<String> tags, String status, long version) {}

    private final RunningShop shop;
    private final ExecutorService writers;
    private final List<Future<Void>> running = new ArrayList<>();
    private final Map<String, Expected> assets = new ConcurrentHashMap<>();
    private final Map<String, List<String>> products = new ConcurrentHashMap<>();

    Load(RunningShop shop, int threads) {
        this.shop = shop;
        this.writers = Executors.newFixedThreadPool(threads);
    }

    /** Starts a writer that handles so many pictures, drawn from the seed. */
    void writer(long seed, int pictures) {
        Callable<Void> work = () -> {
            var client = shop.client();
            var random = new Random(seed);
            for (var number = 0; number < pictures; number++) {
                handlePicture(client, random, seed, number);
            }
            return null;
        };
        running.add(writers.submit(work));
    }

    private void handlePicture(Client client, Random random, long seed, int number) {
        var name = "load-" + seed + "-" + number + ".png";
        var uploaded = client.upload(key(name, "upload"), name, Pictures.png(seed * 100_003 + number), "load")
                .expecting(200, 201)
                .json();
        var id = uploaded.path("id").asString();
        var expected = new Expected(name, List.of("load"), "ACTIVE", 1);
        assets.put(id, expected);
        if (random.nextInt(3) > 0) {
            var tags = List.of("load", "tag-" + random.nextInt(5));
            client.command("PUT", "/api/assets/" + id + "/tags", key(name, "tag"), Map.of("tags", tags))
                    .expecting(200);
            expected = new Expected(name, tags, "ACTIVE", expected.version() + 1);
            assets.put(id, expected);
        }
        if (random.nextInt(4) == 0) {
            client.command("POST", "/api/assets/" + id + "/trash", key(name, "trash"), null)
                    .expecting(200);
            assets.put(id, new Expected(name, expected.tags(), "TRASHED", expected.version() + 1));
        } else if (random.nextInt(2) == 0) {
            sell(client, name, id, "LOAD-" + seed + "-" + number);
        }
    }

    private void sell(Client client, String name, String assetId, String sku) {
        client.command("POST", "/api/products", key(name, "sell"), product(sku, assetId))
                .expecting(201);
        products.put(sku, List.of(assetId));
    }

    static Map<String, Object> product(String sku, String... imageIds) {
        return Map.of(
                "sku",
                sku,
                "name",
                "Product " + sku,
                "description",
                "Made for a drill",
                "price",
                Map.of("amount", new BigDecimal("12.50"), "currency", "EUR"),
                "tags",
                List.of("drill"),
                "imageIds",
                List.of(imageIds));
    }

    /** The same command has the same key in every run of a drill. */
    private static String key(String name, String command) {
        return UUID.nameUUIDFromBytes((name + command).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Whether a writer still works. */
    boolean isRunning() {
        return running.stream().anyMatch(writer -> !writer.isDone());
    }

    int acknowledgedAssets() {
        return assets.size();
    }

    /** Waits until every command was answered; fails with the first that was refused or got no answer. */
    void awaitAllAnswered(Duration limit) throws Exception {
        for (var writer : running) {
            writer.get(limit.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Every acknowledged command had its effect, once: nothing lost, nothing doubled. */
    void leftItsMarkOn(BothSides sides, String assetSide, String productSide) {
        var active = sides.assets(assetSide, "ACTIVE");
        var trashed = sides.assets(assetSide, "TRASHED");
        assets.forEach((id, expected) -> {
            var found = (expected.status().equals("ACTIVE") ? active : trashed).get(id);
            assertThat(found)
                    .as("asset %s, %s at %s", id, expected.status(), assetSide)
                    .isNotNull();
            assertThat(found.path("version").asLong())
                    .as("version of %s", found)
                    .isEqualTo(expected.version());
            var tags = new ArrayList<String>();
            found.path("tags").forEach(tag -> tags.add(tag.asString()));
            assertThat(tags).containsExactlyInAnyOrderElementsOf(expected.tags());
        });
        nothingIsDoubled(active, trashed, assetSide);
        var sold = sides.products(productSide);
        products.forEach((sku, images) -> isAsSold(sold.get(sku), sku, images, productSide));
    }

    /** Every name has one upload, under whatever id. */
    private void nothingIsDoubled(Map<String, JsonNode> active, Map<String, JsonNode> trashed, String side) {
        var names = assets.values().stream().map(Expected::fileName).toList();
        var found = Stream.concat(active.values().stream(), trashed.values().stream())
                .map(asset -> asset.path("fileName").asString())
                .filter(Set.copyOf(names)::contains)
                .toList();
        assertThat(found).as("uploads of this load at %s", side).containsExactlyInAnyOrderElementsOf(names);
    }

    private static void isAsSold(@Nullable JsonNode product, String sku, List<String> images, String side) {
        assertThat(product).as("product %s at %s", sku, side).isNotNull();
        assertThat(product.path("version").asLong())
                .as("version of %s", product)
                .isEqualTo(1);
        var found = new ArrayList<String>();
        product.path("imageIds").forEach(id -> found.add(id.asString()));
        assertThat(found).as("images of %s", product).isEqualTo(images);
    }

    @Override
    public void close() {
        writers.shutdownNow();
    }
}
