package dev.strangler.pim.intake;

import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.Latest;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.pim.products.ProductCopies;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps this service's copy of the products while another side owns them: rows as the events tell them. */
@Component
class ProductIntake implements InboxHandler {

    static final String CONSUMER = "pim-products";

    private final ProductCopies products;
    private final IntakeProperties properties;

    ProductIntake(ProductCopies products, IntakeProperties properties) {
        this.products = products;
        this.properties = properties;
    }

    @Override
    public String consumer() {
        return CONSUMER;
    }

    @Override
    public Set<String> topics() {
        return Set.of(properties.productsTopic());
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

    @Override
    public void apply(List<ReceivedEvent> events) {
        products.put(Latest.of(ProductEvents.AGGREGATE, events).stream()
                .map(Translation::product)
                .toList());
    }
}
