package dev.strangler.cli.catalogue;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Brings a catalogue into the shop, four products at a time, through the façade's public HTTP API only.
 *
 * <p>It can be repeated: a picture is found by its content, a product by its SKU, and every write carries a key made of
 * what it writes. So a second run changes nothing, and a run that was interrupted is completed by the same command.
 * A product that the shop has already is left as it is, apart from pictures that it lacks.
 */
public final class Importing {

    private static final int PARALLEL = 4;

    private final Shop shop;
    private final String currency;
    private final ImportProgress progress;
    private final ConcurrentHashMap<Path, Shop.StoredImage> uploaded = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<BadRow> failed = new ConcurrentLinkedQueue<>();
    private final Map<Count, AtomicInteger> counts = new ConcurrentHashMap<>();

    /** What became of a product or an image. */
    private enum Count {
        PRODUCTS_CREATED,
        PRODUCTS_PRESENT,
        IMAGES_CREATED,
        IMAGES_PRESENT
    }

    /**
     * @param facade where the public API answers
     * @param currency of all prices; a product export does not name one
     */
    public Importing(URI facade, String currency, Patience patience, Clock clock, ImportProgress progress) {
        this.shop = new Shop(facade, patience, clock);
        this.currency = currency;
        this.progress = progress;
    }

    /**
     * Whether the shop behind the façade has no products yet.
     *
     * @throws ShopDoesNotAnswer if it stays away for longer than patience allows
     */
    public static boolean isEmpty(URI facade, Patience patience, Clock clock) {
        return new Shop(facade, patience, clock).isEmpty();
    }

    /**
     * Imports everything that can go in.
     *
     * @throws ShopDoesNotAnswer if the shop stays away for longer than patience allows; what went in stays in
     */
    public ImportResult run(Catalogue catalogue) {
        var workers = Executors.newFixedThreadPool(PARALLEL);
        try {
            var products = catalogue.products();
            progress.begin(
                    products.size(),
                    products.stream()
                            .mapToInt(product -> product.images().size())
                            .sum());
            var running = new ArrayList<Future<?>>();
            products.forEach(product -> running.add(workers.submit(() -> bringIn(product))));
            awaitAll(running, workers);
            return result(catalogue);
        } finally {
            workers.shutdownNow();
            progress.end();
        }
    }

    private void awaitAll(List<Future<?>> running, ExecutorService workers) {
        for (var product : running) {
            try {
                product.get();
            } catch (ExecutionException e) {
                shop.abandon();
                workers.shutdownNow();
                if (e.getCause() instanceof ShopDoesNotAnswer away) {
                    throw away;
                }
                throw new IllegalStateException("The import broke: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ShopDoesNotAnswer("The import was interrupted.");
            }
        }
    }

    private void bringIn(CatalogueProduct product) {
        var imageIds = new ArrayList<String>();
        for (var image : product.images()) {
            upload(product, image).filter(id -> !imageIds.contains(id)).ifPresent(imageIds::add);
            progress.imageDone();
        }
        try {
            create(product, imageIds);
        } catch (RefusedByShop e) {
            failed.add(new BadRow(product.line(), product.handle(), e.getMessage()));
        }
        progress.productDone(product.name());
    }

    private void create(CatalogueProduct product, List<String> imageIds) {
        var present = shop.product(product.sku());
        if (present.isEmpty()) {
            if (shop.create(product, currency, imageIds)) {
                count(Count.PRODUCTS_CREATED);
                return;
            }
            present = shop.product(product.sku());
        }
        if (present.isPresent()) {
            attachMissing(product, present.get(), imageIds);
        }
        count(Count.PRODUCTS_PRESENT);
    }

    private void attachMissing(CatalogueProduct product, Shop.StoredProduct present, List<String> imageIds) {
        long version = present.version();
        for (var imageId : imageIds) {
            if (!present.imageIds().contains(imageId)) {
                shop.attach(product.sku(), version++, imageId);
            }
        }
    }

    /** The picture's id, or nothing when it cannot be read or the shop turns it down: the product goes in without it. */
    private Optional<String> upload(CatalogueProduct product, CatalogueImage image) {
        try {
            var stored = uploaded.computeIfAbsent(image.file(), file -> {
                var fresh = shop.upload(file, product.tags());
                count(fresh.created() ? Count.IMAGES_CREATED : Count.IMAGES_PRESENT);
                return fresh;
            });
            return Optional.of(stored.id());
        } catch (RefusedByShop e) {
            return notTaken(product, image, e.getMessage());
        } catch (UncheckedIOException e) {
            return notTaken(
                    product, image, "it cannot be read (" + e.getCause() + "). Make it readable and import again.");
        }
    }

    private Optional<String> notTaken(CatalogueProduct product, CatalogueImage image, @Nullable String reason) {
        failed.add(new BadRow(
                image.line(),
                product.handle(),
                "the image " + image.file().getFileName() + " was not taken: " + reason));
        return Optional.empty();
    }

    private void count(Count what) {
        counts.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
    }

    private int counted(Count what) {
        return counts.getOrDefault(what, new AtomicInteger()).get();
    }

    private ImportResult result(Catalogue catalogue) {
        var badRows = new ArrayList<>(catalogue.badRows());
        badRows.addAll(failed);
        badRows.sort(Comparator.comparingLong(BadRow::line));
        return new ImportResult(
                new ImportResult.Counts(counted(Count.PRODUCTS_CREATED), counted(Count.IMAGES_CREATED)),
                new ImportResult.Counts(counted(Count.PRODUCTS_PRESENT), counted(Count.IMAGES_PRESENT)),
                badRows);
    }
}
