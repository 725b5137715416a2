package dev.strangler.monolith.assets.intake;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.monolith.assets.AssetId;
import dev.strangler.monolith.assets.TrashingAssets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Takes images out of the trash that a product uses. Products never ask and are never refused for it: whoever hears that a
 * product shows a trashed image brings it back.
 *
 * <p>Every event of a product counts, whatever its type: it carries the whole product, and the one that told of a new image
 * may have been compacted away.
 */
@Component
@ConditionalOnProperty(name = "assets.intake.enabled", matchIfMissing = true)
class ProductsUsingImages implements InboxHandler {

    private static final Logger log = LoggerFactory.getLogger(ProductsUsingImages.class);

    private final TrashingAssets trashing;

    ProductsUsingImages(TrashingAssets trashing) {
        this.trashing = trashing;
    }

    @Override
    public String consumer() {
        return "monolith-assets";
    }

    @Override
    public Set<String> topics() {
        return Set.of(ProductEvents.TOPIC);
    }

    /** Joins the inbox's transaction, so that position and effects are committed together, or neither. */
    @Override
    public void apply(List<ReceivedEvent> events) {
        var used = events.stream()
                .filter(event -> event.aggregateType().equals(ProductEvents.AGGREGATE))
                .map(event -> ContractEvents.read(event.payload(), ProductState.class))
                .flatMap(product -> product.images().stream())
                .map(image -> new AssetId(image.assetId()))
                .collect(Collectors.toUnmodifiableSet());
        int untrashed = used.isEmpty() ? 0 : trashing.untrashUsed(used);
        if (untrashed > 0) {
            log.info("Took {} images out of the trash, as products use them", untrashed);
        }
    }
}
