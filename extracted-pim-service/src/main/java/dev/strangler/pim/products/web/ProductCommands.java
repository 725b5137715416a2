package dev.strangler.pim.products.web;

import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.pim.products.ChangingProducts;
import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Product;
import dev.strangler.pim.products.Sku;
import dev.strangler.side.Writes;
import dev.strangler.side.idempotency.Command;
import dev.strangler.side.idempotency.Idempotency;
import dev.strangler.side.idempotency.IfMatch;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changing products while this service owns them, each change by its own name: the monolith's commands with the monolith's
 * answers. Every one answers the product as it is afterwards.
 */
@RestController
@RequestMapping("/api/products")
@Writes("products")
class ProductCommands {

    private final ChangingProducts products;
    private final ExpectingImages images;
    private final Idempotency idempotency;

    ProductCommands(ChangingProducts products, ExpectingImages images, Idempotency idempotency) {
        this.products = products;
        this.images = images;
        this.idempotency = idempotency;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(Command command, @RequestBody ProductInput.Creation input) {
        var wanted = input.checked();
        images.expect(wanted.images());
        return idempotency.once(command, () -> {
            var product = products.create(wanted);
            return answer(ResponseEntity.created(URI.create("/api/products/" + product.sku())), product);
        });
    }

    @PutMapping(path = "/{sku}/details", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> changeDetails(
            Command command, @PathVariable String sku, @RequestBody ProductInput.DetailsChange input) {
        var checks = new ProductChecks();
        var details = checks.details(input.name(), input.description());
        var price = input.price() == null ? null : checks.price("price.", input.price());
        var tags = input.tags() == null ? null : checks.tags(input.tags());
        var shown = input.imageIds() == null ? null : checks.images(input.imageIds());
        checks.refuse();
        if (shown != null) {
            images.expect(shown.get());
        }
        return changed(
                command,
                sku,
                known -> products.changeDetails(
                        known,
                        command.ifMatch(),
                        details.get(),
                        price == null ? null : price.get(),
                        tags == null ? null : tags.get(),
                        shown == null ? null : shown.get()));
    }

    @PutMapping(path = "/{sku}/price", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> changePrice(
            Command command, @PathVariable String sku, @RequestBody ProductInput.Amount input) {
        var price = input.checked();
        return changed(command, sku, known -> products.changePrice(known, command.ifMatch(), price));
    }

    @PutMapping(path = "/{sku}/tags", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> tag(Command command, @PathVariable String sku, @RequestBody ProductInput.Tagging input) {
        var tags = input.checked();
        return changed(command, sku, known -> products.tag(known, command.ifMatch(), tags));
    }

    @PostMapping(path = "/{sku}/images", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> attach(
            Command command, @PathVariable String sku, @RequestBody ProductInput.Attachment input) {
        var image = input.checked();
        images.expect(List.of(image));
        return changed(command, sku, known -> products.attach(known, command.ifMatch(), image));
    }

    @DeleteMapping("/{sku}/images/{assetId}")
    ResponseEntity<byte[]> detach(Command command, @PathVariable String sku, @PathVariable UUID assetId) {
        return changed(command, sku, known -> products.detach(known, command.ifMatch(), new ImageId(assetId)));
    }

    private ResponseEntity<byte[]> changed(Command command, String sku, Change change) {
        if (!Sku.isValid(sku)) {
            throw ProductQueries.noSuchProduct();
        }
        return idempotency.once(command, () -> answer(ResponseEntity.ok(), change.to(new Sku(sku))));
    }

    private static ResponseEntity<ProductAnswer> answer(ResponseEntity.BodyBuilder answer, Product product) {
        return answer.eTag(IfMatch.tag(product.version()))
                .header(Idempotency.WRITTEN, ProductEvents.AGGREGATE + ":" + product.id() + ":" + product.version())
                .body(ProductAnswer.of(product));
    }

    @FunctionalInterface
    private interface Change {
        Product to(Sku sku);
    }
}
