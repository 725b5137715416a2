package dev.strangler.pim.products;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.OutboxEvent;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Tells the world of a product's new version, in the transaction that made it. */
@Component
class ProductStream {

    private final Outbox outbox;

    ProductStream(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Appends the event and hands the product back. */
    Product tell(String type, Product product) {
        outbox.append(new OutboxEvent(
                ProductEvents.AGGREGATE,
                product.id().toString(),
                product.version(),
                type,
                ProductEvents.SCHEMA_VERSION,
                ContractEvents.write(published(product)),
                product.changedAt()));
        return product;
    }

    /** In the published language. */
    private static ProductState published(Product product) {
        var images = product.images();
        return new ProductState(
                product.id().value(),
                product.sku().value(),
                product.name(),
                product.description(),
                new Money(product.price().amount(), product.price().currency()),
                product.tags(),
                IntStream.range(0, images.size())
                        .mapToObj(position ->
                                new ProductImage(images.get(position).value(), position))
                        .toList(),
                product.version(),
                product.createdAt(),
                product.changedAt());
    }
}
