package dev.strangler.cli.rehearse;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kind of aggregate that is written to. Both features let a client replace the tags of one; so a write adds one tag, and every tag
 * says by its name which write it was.
 */
enum Aggregates {
    ASSETS("assets", "/api/assets", "id") {
        @Override
        HttpRequest.Builder creation(URI shop, String element) {
            var boundary = "rehearsal-" + UUID.randomUUID();
            var head =
                    "--%s\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\n%s\r\n--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s.png\"\r\nContent-Type: image/png\r\n\r\n"
                            .formatted(boundary, element, boundary, element);
            return HttpRequest.newBuilder(shop.resolve(path()))
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(BodyPublishers.ofByteArrays(List.of(
                            bytes(head),
                            DrawnPicture.of(element.hashCode()),
                            bytes("\r\n--%s--\r\n".formatted(boundary)))));
        }
    },

    PRODUCTS("products", "/api/products", "sku") {
        @Override
        HttpRequest.Builder creation(URI shop, String element) {
            return json(HttpRequest.newBuilder(shop.resolve(path())))
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of(
                            "sku",
                            element.toUpperCase(Locale.ROOT),
                            "name",
                            "Rehearsal " + element,
                            "description",
                            "Made by a rehearsal",
                            "price",
                            Map.of("amount", 1, "currency", "EUR"),
                            "tags",
                            List.of(element),
                            "imageIds",
                            List.of()))));
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    private final String feature;
    private final String path;
    private final String handle;

    Aggregates(String feature, String path, String handle) {
        this.feature = feature;
        this.path = path;
        this.handle = handle;
    }

    /** The kind that the feature of this name holds, or null for a feature that is not of the example. */
    static @Nullable Aggregates of(String feature) {
        for (var kind : values()) {
            if (kind.feature.equals(feature)) {
                return kind;
            }
        }
        return null;
    }

    /** Makes one that holds the element alone. */
    abstract HttpRequest.Builder creation(URI shop, String element);

    /** Lets one, named by its {@link #handle}, hold these elements. */
    HttpRequest.Builder change(URI shop, String handleOfOne, List<String> elements, long ifVersion) {
        return json(HttpRequest.newBuilder(shop.resolve(path + "/" + handleOfOne + "/tags")))
                .header("If-Match", "\"" + ifVersion + "\"")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("tags", elements))));
    }

    /** Shows one. */
    HttpRequest.Builder reading(URI shop, String handleOfOne) {
        return HttpRequest.newBuilder(shop.resolve(path + "/" + handleOfOne)).GET();
    }

    String path() {
        return path;
    }

    /** The member of an answer by which one is named in paths. */
    String handle() {
        return handle;
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
