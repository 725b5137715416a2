package dev.strangler.monolith.products;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.OutboxEvent;
import org.springframework.stereotype.Component;

/** Tells the world of a product's new version, in the transaction that made it. */
@Component
class ProductStream {

    private final Outbox outbox;

    ProductStream(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Appends the event and hands the state back. */
    ProductState tell(String type, ProductState state) {
        outbox.append(new OutboxEvent(
                ProductEvents.AGGREGATE,
                state.id().toString(),
                state.version(),
                type,
                ProductEvents.SCHEMA_VERSION,
                ContractEvents.write(state),
                state.changedAt()));
        return state;
    }
}
