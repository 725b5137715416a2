package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A browser with the admin panel of the running shop, in which nothing may fail unseen; and what is put into the shop past the panel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkingInTheAdminPanel {

    RunningShop shop;
    BrowserContext visitor;
    AdminPanel panel;

    private Browser browser;

    @BeforeAll
    void open() {
        browser = Browser.open();
        shop = RunningShop.shared();
        visitor = browser.visitor(ColorScheme.LIGHT);
        panel = new AdminPanel(visitor, shop.address());
    }

    @AfterEach
    void nothing_has_failed_unseen() {
        assertThat(panel.failures()).isEmpty();
    }

    @AfterEach
    void the_shop_answers_by_itself_again() {
        panel.page().unrouteAll();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Puts a picture into the shop; answers its id. */
    String picture(String name, long seed, String... tags) {
        return shop.client()
                .upload(UUID.randomUUID().toString(), name, Pictures.png(seed), tags)
                .expecting(201)
                .json()
                .path("id")
                .asString();
    }

    /** Puts a lamp that shows these pictures into the shop. */
    void lamp(String sku, String... images) {
        shop.client()
                .command(
                        "POST",
                        "/api/products",
                        UUID.randomUUID().toString(),
                        Map.of(
                                "sku",
                                sku,
                                "name",
                                "Lamp",
                                "description",
                                "Shines",
                                "price",
                                Map.of("amount", 12.5, "currency", "EUR"),
                                "tags",
                                List.of(),
                                "imageIds",
                                List.of(images)))
                .expecting(201);
    }

    /** Tags as the shop has them. */
    List<String> tags(String picture) {
        return shop.client()
                .read("/api/assets/" + picture)
                .path("tags")
                .valueStream()
                .map(tag -> tag.asString())
                .toList();
    }
}
