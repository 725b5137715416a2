package dev.strangler.benchmarks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** What a business transaction of a JPA application writes: one row. */
@Entity
@Table(name = "placed_order")
class PlacedOrder {

    @Id
    private UUID id = new UUID(0, 0);

    @Column(nullable = false)
    private String body = "";

    @Version
    private long version;

    /** For Hibernate. */
    protected PlacedOrder() {}

    PlacedOrder(UUID id, String body) {
        this.id = id;
        this.body = body;
    }

    UUID id() {
        return id;
    }

    String body() {
        return body;
    }

    long version() {
        return version;
    }
}
