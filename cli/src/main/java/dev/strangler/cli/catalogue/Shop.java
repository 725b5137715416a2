package dev.strangler.cli.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop's public HTTP API, as far as an import needs it. Every write carries a key, so it may be sent again. */
final class Shop {

    /** The client that an import is to the façade: its reads see its own writes, whichever side answers. */
    static final String CLIENT = "strangler-import";

    private static final JsonMapper JSON = new JsonMapper();

    private final URI facade;
    private final PatientHttp http;

    Shop(URI facade, Patience patience, Clock clock) {
        this.facade = facade;
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        this.http = new PatientHttp(client, patience, clock);
    }

    /** A picture in the shop; created is false where the shop had it already. */
    record StoredImage(String id, boolean created) {}

    /** A product in the shop. */
    record StoredProduct(long version, Set<String> imageIds) {}

    void abandon() {
        http.abandon();
    }

    /** Uploads a picture, or finds it there by its content. */
    StoredImage upload(Path file, List<String> tags) {
        var digest = digest(file);
        var parts = new Multipart("strangler-" + digest.substring(0, 32));
        tags.forEach(tag -> parts.field("tags", tag));
        parts.file("file", file);
        var key = key("asset", digest, file.getFileName().toString(), tags);
        var response = http.send(request("/api/assets")
                .header("Content-Type", parts.contentType())
                .header("Idempotency-Key", key)
                .POST(parts.body())
                .build());
        expect(response, 200, 201);
        return new StoredImage(json(response).path("id").asString(), isNew(response));
    }

    boolean isEmpty() {
        var response = http.send(request("/api/products?size=1").GET().build());
        return response.statusCode() == 200 && json(response).path("total").asLong(1) == 0;
    }

    /** The product of this SKU, if the shop has it. */
    Optional<StoredProduct> product(String sku) {
        var response = http.send(request(path(sku)).GET().build());
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        expect(response, 200);
        var product = json(response);
        var images = new HashSet<String>();
        product.path("imageIds").forEach(id -> images.add(id.asString()));
        return Optional.of(new StoredProduct(product.path("version").asLong(), images));
    }

    /** Creates the product with its pictures; false when the shop turned out to have it already. */
    boolean create(CatalogueProduct product, String currency, List<String> imageIds) {
        var body = JSON.createObjectNode();
        body.put("sku", product.sku());
        body.put("name", product.name());
        body.put("description", product.description());
        body.putObject("price").put("amount", product.price()).put("currency", currency);
        product.tags().forEach(body.putArray("tags")::add);
        imageIds.forEach(body.putArray("imageIds")::add);
        var response = http.send(
                posting("/api/products", body, key("product", body)), answer -> isUnheardOf(answer, imageIds));
        if (response.statusCode() == 409 && product(product.sku()).isPresent()) {
            return false;
        }
        expect(response, 200, 201);
        return isNew(response);
    }

    /** Puts a picture behind those that the product has. The key holds the version: attached, taken off, attached again are three things. */
    void attach(String sku, long version, String imageId) {
        var body = JSON.createObjectNode().put("assetId", imageId);
        var request = posting(path(sku) + "/images", body, key("attach", sku, version, imageId));
        expect(http.send(request, answer -> isUnheardOf(answer, List.of(imageId))), 200, 201, 204);
    }

    /** Pictures that were uploaded a moment ago may be unknown to who owns the products: the news of them is on its way. */
    private static boolean isUnheardOf(HttpResponse<String> answer, List<String> imageIds) {
        return answer.statusCode() == 422 && imageIds.stream().anyMatch(answer.body()::contains);
    }

    private HttpRequest posting(String path, JsonNode body, String key) {
        return request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(facade.resolve(path))
                .header("Accept", "application/json")
                .header("X-Client-Id", CLIENT);
    }

    private static String path(String sku) {
        return "/api/products/" + URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean isNew(HttpResponse<String> response) {
        return response.statusCode() == 201
                && !response.headers()
                        .firstValue("Idempotency-Replayed")
                        .orElse("")
                        .equals("true");
    }

    private static void expect(HttpResponse<String> response, Integer... statuses) {
        if (!List.of(statuses).contains(response.statusCode())) {
            throw new RefusedByShop(
                    response.statusCode(), "the shop answers " + response.statusCode() + reason(response));
        }
    }

    private static String reason(HttpResponse<String> response) {
        try {
            var problem = JSON.readTree(response.body());
            var text = problem.path("detail").asString(problem.path("title").asString(""));
            var mistakes = new ArrayList<String>();
            problem.path("mistakes")
                    .forEach(mistake -> mistakes.add(mistake.path("field").asString("") + " "
                            + mistake.path("reason").asString("")));
            return (text.isEmpty() ? "" : ": " + text) + (mistakes.isEmpty() ? "" : " " + String.join("; ", mistakes));
        } catch (JacksonException e) {
            return " without a reason";
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new RefusedByShop(response.statusCode(), "the shop's answer is not JSON");
        }
    }

    private static String key(Object... parts) {
        var digest = sha256();
        for (var part : parts) {
            digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return "import-" + HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(Path file) {
        var digest = sha256();
        try (InputStream bytes = Files.newInputStream(file)) {
            var buffer = new byte[64 * 1024];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
