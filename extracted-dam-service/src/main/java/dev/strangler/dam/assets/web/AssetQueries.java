package dev.strangler.dam.assets.web;

import dev.strangler.dam.assets.Asset;
import dev.strangler.dam.assets.AssetId;
import dev.strangler.dam.assets.Assets;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.search.Containing;
import dev.strangler.side.web.Listing;
import dev.strangler.side.web.Paging;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading assets. */
@RestController
@RequestMapping("/api/assets")
class AssetQueries {

    private static final int LONGEST_QUERY = 200;

    private final Assets assets;

    AssetQueries(Assets assets) {
        this.assets = assets;
    }

    /** The assets of a status, newest first, whose file name or one of whose tags contains the query. */
    @GetMapping
    Listing<AssetAnswer> list(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "ACTIVE") Asset.Status status,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        if (query.length() > LONGEST_QUERY) {
            throw Refusal.invalid(
                    "query", "has %d characters, %d are allowed".formatted(query.length(), LONGEST_QUERY));
        }
        var paging = new Paging(page, size);
        var found = assets.search(status, Containing.query(query), paging.offset(), paging.size());
        return Listing.of(found, paging, AssetAnswer::of);
    }

    /** One asset, in use or in the trash. */
    @GetMapping("/{id}")
    ResponseEntity<AssetAnswer> asset(@PathVariable UUID id) {
        var asset = assets.find(new AssetId(id)).orElseThrow(() -> noSuchAsset(id));
        return ResponseEntity.ok().eTag("\"" + asset.version() + "\"").body(AssetAnswer.of(asset));
    }

    static Refusal noSuchAsset(UUID id) {
        return Refusal.notFound("There is no asset " + id + ", or it was purged. Look for it in the list of assets.");
    }
}
