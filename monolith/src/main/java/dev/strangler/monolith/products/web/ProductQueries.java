package dev.strangler.monolith.products.web;

import dev.strangler.contracts.products.ProductState;
import dev.strangler.monolith.assets.AssetId;
import dev.strangler.monolith.assets.Assets;
import dev.strangler.monolith.products.Products;
import dev.strangler.monolith.products.Sku;
import dev.strangler.side.idempotency.IfMatch;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.web.Listing;
import dev.strangler.side.web.Paging;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading products. */
@RestController
@RequestMapping("/api/products")
class ProductQueries {

    private final Products products;
    private final Assets assets;

    ProductQueries(Products products, Assets assets) {
        this.products = products;
        this.assets = assets;
    }

    /** The products, newest first, whose SKU, name or one of whose tags contains the query; of those that show an image, if one is given. */
    @GetMapping
    Listing<ProductAnswer> list(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(required = false) @Nullable UUID image,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        var paging = new Paging(page, size);
        var found = products.search(query, image == null ? null : new AssetId(image), paging.page(), paging.size());
        return new Listing<>(
                found.products().stream().map(ProductAnswer::of).toList(), paging.page(), paging.size(), found.total());
    }

    @GetMapping("/attachable-images")
    Listing<AttachableImageAnswer> attachableImages(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        var paging = new Paging(page, size);
        var found = assets.attachableImages(query, PageRequest.of(paging.page(), paging.size()));
        return new Listing<>(
                found.map(AttachableImageAnswer::of).getContent(),
                paging.page(),
                paging.size(),
                found.getTotalElements());
    }

    @GetMapping("/{sku}")
    ResponseEntity<ProductAnswer> product(@PathVariable String sku) {
        ProductState state = Optional.of(sku)
                .filter(Sku::isValid)
                .map(Sku::new)
                .flatMap(products::find)
                .orElseThrow(() -> noSuchProduct());
        return ResponseEntity.ok().eTag(IfMatch.tag(state.version())).body(ProductAnswer.of(state));
    }

    /** What is no SKU names no product either; the text itself is not repeated, as it may be anything. */
    static Refusal noSuchProduct() {
        return Refusal.notFound("There is no product with this SKU. Look it up in the list.");
    }
}
