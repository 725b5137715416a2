package dev.strangler.monolith.products.web;

import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.contracts.products.ProductState;
import dev.strangler.monolith.assets.AssetId;
import dev.strangler.monolith.products.Products;
import dev.strangler.monolith.products.Sku;
import dev.strangler.side.Writes;
import dev.strangler.side.idempotency.Command;
import dev.strangler.side.idempotency.Idempotency;
import dev.strangler.side.idempotency.IfMatch;
import java.net.URI;
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

/** Changing products, each change by its own name. Every one answers the product as it is afterwards. */
@RestController
@RequestMapping("/api/products")
@Writes("products")
class ProductCommands {

    private final Products products;
    private final Idempotency idempotency;

    ProductCommands(Products products, Idempotency idempotency) {
        this.products = products;
        this.idempotency = idempotency;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(Command command, @RequestBody ProductInput.Creation input) {
        var wanted = input.checked();
        return idempotency.once(command, () -> {
            var state = products.create(wanted);
            return answer(ResponseEntity.created(URI.create("/api/products/" + state.sku())), state);
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
            Command command, @PathVariable String sku, @RequestBody ProductInput.Price input) {
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
        return changed(command, sku, known -> products.attach(known, command.ifMatch(), image));
    }

    @DeleteMapping("/{sku}/images/{assetId}")
    ResponseEntity<byte[]> detach(Command command, @PathVariable String sku, @PathVariable UUID assetId) {
        return changed(command, sku, known -> products.detach(known, command.ifMatch(), new AssetId(assetId)));
    }

    private ResponseEntity<byte[]> changed(Command command, String sku, Change change) {
        if (!Sku.isValid(sku)) {
            throw ProductQueries.noSuchProduct();
        }
        return idempotency.once(command, () -> answer(ResponseEntity.ok(), change.to(new Sku(sku))));
    }

    private static ResponseEntity<ProductAnswer> answer(ResponseEntity.BodyBuilder answer, ProductState state) {
        return answer.eTag(IfMatch.tag(state.version()))
                .header(Idempotency.WRITTEN, ProductEvents.AGGREGATE + ":" + state.id() + ":" + state.version())
                .body(ProductAnswer.of(state));
    }

    @FunctionalInterface
    private interface Change {
        ProductState to(Sku sku);
    }
}
