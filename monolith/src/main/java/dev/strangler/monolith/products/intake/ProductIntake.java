package dev.strangler.monolith.products.intake;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.ReceivedEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Keeps the monolith's products as their owner tells them, so that the way back stays open. Writes their tables under the name
 * of the applier, and never the outbox: the world has heard of these changes from their owner.
 */
@Component
@ConditionalOnProperty(name = "products.intake.enabled", matchIfMissing = true)
class ProductIntake implements InboxHandler {

    static final String CONSUMER = "monolith-products";

    private final ProductTables products;
    private final ExpectedImages images;
    private final IntakeProperties properties;

    ProductIntake(ProductTables products, ExpectedImages images, IntakeProperties properties) {
        this.products = products;
        this.images = images;
        this.properties = properties;
    }

    @Override
    public String consumer() {
        return CONSUMER;
    }

    @Override
    public Set<String> topics() {
        return Set.of(properties.topic());
    }

    @Override
    public Set<String> aggregateTypes() {
        return Set.of(ProductEvents.AGGREGATE);
    }

    /** What comes from here is here already; and only the applier may write while another side owns the products. */
    @Override
    public boolean isApplier() {
        return true;
    }

    /** Waits a while for images that products show and that are not heard of yet. */
    @Override
    public void prepare(List<ReceivedEvent> events) {
        images.expect(latest(events));
    }

    @Override
    public void apply(List<ReceivedEvent> events) {
        products.put(latest(events));
    }

    /** Of several events of one product only the newest matters, since each carries the whole of it. */
    private static Collection<ProductState> latest(List<ReceivedEvent> events) {
        var latest = new LinkedHashMap<String, ReceivedEvent>();
        for (var event : events) {
            if (event.aggregateType().equals(ProductEvents.AGGREGATE)) {
                latest.merge(
                        event.aggregateId(),
                        event,
                        (one, other) -> other.aggregateVersion() >= one.aggregateVersion() ? other : one);
            }
        }
        return latest.values().stream().map(ProductIntake::product).toList();
    }

    private static ProductState product(ReceivedEvent event) {
        var state = ContractEvents.read(event.payload(), ProductState.class);
        if (!event.aggregateId().equals(state.id().toString()) || event.aggregateVersion() != state.version()) {
            throw new IllegalArgumentException("Event " + event.id() + " carries version " + state.version() + " of "
                    + state.id() + ", but its headers say version " + event.aggregateVersion() + " of "
                    + event.aggregateId() + ". The publisher must send one and the same.");
        }
        return state;
    }
}
