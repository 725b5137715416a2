package dev.strangler.pim.products.web;

import dev.strangler.pim.assetlinks.AttachableImages;
import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Products;
import dev.strangler.pim.products.Sku;
import dev.strangler.side.idempotency.IfMatch;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.search.Containing;
import dev.strangler.side.web.Listing;
import dev.strangler.side.web.Paging;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final AttachableImages images;

    ProductQueries(Products products, AttachableImages images) {
        this.products = products;
        this.images = images;
    }

    /** The products, newest first, whose SKU, name or one of whose tags contains the query; of those that show an image, if one is given. */
    @GetMapping
    Listing<ProductAnswer> list(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(required = false) @Nullable UUID image,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        var paging = new Paging(page, size);
        var found = products.search(
                Containing.query(query), image == null ? null : new ImageId(image), paging.offset(), paging.size());
        return Listing.of(found, paging, ProductAnswer::of);
    }

    /** The images outside the trash, newest first, whose file name or one of whose tags contains the query. */
    @GetMapping("/attachable-images")
    Listing<AttachableImageAnswer> attachableImages(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        var paging = new Paging(page, size);
        var found = images.search(Containing.query(query), paging.offset(), paging.size());
        return Listing.of(found, paging, AttachableImageAnswer::of);
    }

    /** One product. */
    @GetMapping("/{sku}")
    ResponseEntity<ProductAnswer> product(@PathVariable String sku) {
        var product = Optional.of(sku)
                .filter(Sku::isValid)
                .map(Sku::new)
                .flatMap(products::find)
                .orElseThrow(ProductQueries::noSuchProduct);
        return ResponseEntity.ok().eTag(IfMatch.tag(product.version())).body(ProductAnswer.of(product));
    }

    /** What is no SKU names no product either; the text itself is not repeated, as it may be anything. */
    static Refusal noSuchProduct() {
        return Refusal.notFound("There is no product with this SKU. Look it up in the list.");
    }
}
