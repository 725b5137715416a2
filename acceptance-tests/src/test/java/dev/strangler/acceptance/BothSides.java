package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the two sides answer, asked past the façade and compared field by field. */
final class BothSides {

    private static final Duration CATCH_UP = Duration.ofMinutes(3);

    private final Shop shop;

    BothSides(Shop shop) {
        this.shop = shop;
    }

    /** Waits until the services hold what the monolith holds: every asset in every state, every product, every picture. */
    void areEqualInTheEnd() {
        await().atMost(CATCH_UP).pollInterval(Duration.ofSeconds(1)).untilAsserted(this::areEqualNow);
        picturesAreEqual();
    }

    private void areEqualNow() {
        for (var status : new String[] {"ACTIVE", "TRASHED"}) {
            assertThat(assets("dam", status)).isEqualTo(assets("monolith", status));
        }
        assertThat(products("pim")).isEqualTo(products("monolith"));
        assertThat(all("pim", "/api/products/attachable-images?", "id").keySet())
                .isEqualTo(assets("monolith", "ACTIVE").keySet());
    }

    Map<String, JsonNode> assets(String side, String status) {
        return all(side, "/api/assets?status=" + status + "&", "id");
    }

    Map<String, JsonNode> products(String side) {
        return all(side, "/api/products?", "sku");
    }

    private Map<String, JsonNode> all(String side, String path, String key) {
        var client = shop.directly(side);
        var items = new TreeMap<String, JsonNode>();
        var total = Long.MAX_VALUE;
        for (var page = 0; (long) page * 100 < total; page++) {
            var list = client.read(path + "size=100&page=" + page);
            total = list.path("total").asLong();
            list.path("items").forEach(item -> items.put(item.path(key).asString(), item));
        }
        assertThat(items).as("items of %s at %s", path, side).hasSize((int) total);
        return items;
    }

    private void picturesAreEqual() {
        for (var id : assets("monolith", "ACTIVE").keySet()) {
            for (var what : new String[] {"/content", "/thumbnail"}) {
                assertThat(picture("dam", id, what)).as("%s of %s", what, id).isEqualTo(picture("monolith", id, what));
            }
        }
    }

    private byte[] picture(String side, String id, String what) {
        try {
            return shop.directly(side)
                    .get("/api/assets/" + id + what)
                    .expecting(200)
                    .bytes();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
