package dev.strangler.monolith.assets.intake;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.Projection;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.monolith.assets.AssetId;
import dev.strangler.monolith.assets.BringingBackImages;
import dev.strangler.monolith.assets.ImageUses;
import dev.strangler.monolith.assets.ImageUses.ProductImages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Hears which images the products use. Every event of a product counts, whatever its type: it carries the whole product, and
 * the one that told of a new image may have been compacted away.
 */
@Component
class ImageUseIntake implements InboxHandler {

    static final String CONSUMER = "monolith-image-use";

    private final ImageUses uses;
    private final BringingBackImages bringingBack;

    ImageUseIntake(ImageUses uses, BringingBackImages bringingBack) {
        this.uses = uses;
        this.bringingBack = bringingBack;
    }

    @Override
    public String consumer() {
        return CONSUMER;
    }

    @Override
    public Set<String> topics() {
        return Set.of(ProductEvents.TOPIC);
    }

    @Override
    public Optional<Projection> projection() {
        return Optional.of(new Projection(ImageUses.TABLES, List.of()));
    }

    @Override
    public void apply(List<ReceivedEvent> events) {
        var told = events.stream()
                .filter(event -> event.aggregateType().equals(ProductEvents.AGGREGATE))
                .map(event -> ContractEvents.read(event.payload(), ProductState.class))
                .map(product -> new ProductImages(
                        product.id(),
                        product.version(),
                        product.images().stream()
                                .map(image -> new AssetId(image.assetId()))
                                .collect(Collectors.toUnmodifiableSet()),
                        product.createdAt(),
                        product.changedAt()))
                .toList();
        uses.tell(told);
        var images =
                told.stream().flatMap(product -> product.images().stream()).collect(Collectors.toUnmodifiableSet());
        if (!images.isEmpty()) {
            // Not in this transaction: what was heard stays heard, whether or not this side may write assets at the
            // moment.
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    bringingBack.bringBack(images);
                }
            });
        }
    }
}
