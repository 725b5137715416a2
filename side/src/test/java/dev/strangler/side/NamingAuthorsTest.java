package dev.strangler.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Whose code is whose. */
class NamingAuthorsTest {

    private final NamingAuthors authors = new NamingAuthors(
            new DriverManagerDataSource(), Map.of("shop", "com.example", "stock", "com.example.stock"));

    @Test
    void the_nearest_base_package_is_the_author() {
        assertThat(authors.authorOf("com.example.stock.intake.Rows")).isEqualTo("stock");
        assertThat(authors.authorOf("com.example.Orders")).isEqualTo("shop");
        assertThat(authors.authorOf("com.examples.Orders")).isNull();
    }

    @Test
    void the_inbox_and_the_rest_of_the_kit_are_told_apart() {
        assertThat(authors.authorOf("dev.strangler.inbox.ApplyingEvents")).isEqualTo("inbox");
        assertThat(authors.authorOf("dev.strangler.outbox.OutboxRetention")).isEqualTo("kit");
    }

    @Test
    void what_only_carries_a_transaction_is_nobody() {
        assertThat(authors.authorOf("dev.strangler.side.NamingAuthors")).isNull();
        assertThat(authors.authorOf("org.springframework.transaction.support.TransactionTemplate"))
                .isNull();
    }
}
