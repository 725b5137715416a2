package dev.strangler.dam.assets.web;

import dev.strangler.dam.assets.Asset;
import dev.strangler.dam.assets.AssetId;
import dev.strangler.dam.assets.Assets;
import dev.strangler.dam.blobs.Blobs;
import dev.strangler.dam.blobs.Sha256;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.time.Duration;
import java.util.UUID;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The bytes of assets, streamed from the disk, ranges included. Whatever a stranger's file holds, a browser is told to treat
 * it as nothing but what its type says: no sniffing, no scripts, originals only as downloads.
 */
@RestController
@RequestMapping("/api/assets/{id}")
class ContentQueries {

    private static final CacheControl BY_ONE_CLIENT =
            CacheControl.maxAge(Duration.ofHours(1)).cachePrivate();

    private final Assets assets;
    private final Blobs blobs;

    ContentQueries(Assets assets, Blobs blobs) {
        this.assets = assets;
        this.blobs = blobs;
    }

    /** The original, byte for byte, as a download under the client's name. */
    @GetMapping("/content")
    ResponseEntity<Resource> content(@PathVariable UUID id) {
        var original = asset(id).original();
        return answer(original.sha256(), original.contentType(), ContentDisposition.attachment(original.fileName()));
    }

    /** The small picture, to be shown in place. */
    @GetMapping("/thumbnail")
    ResponseEntity<Resource> thumbnail(@PathVariable UUID id) {
        var asset = asset(id);
        var thumbnail = asset.thumbnail();
        String name = ContentDisposition.renamed(
                asset.original().fileName(), thumbnail.contentType().equals("image/png") ? "png" : "jpg");
        return answer(thumbnail.sha256(), thumbnail.contentType(), ContentDisposition.inline(name));
    }

    private Asset asset(UUID id) {
        return assets.find(new AssetId(id)).orElseThrow(() -> AssetQueries.noSuchAsset(id));
    }

    private ResponseEntity<Resource> answer(Sha256 digest, String contentType, String disposition) {
        var file = blobs.find(digest)
                .orElseThrow(() -> Refusal.of(
                        Kind.UNAVAILABLE,
                        "The blob " + digest + " is not in the store at the moment. Ask again later; if it lasts,"
                                + " the store must be restored from its backup."));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(contentType))
                .eTag("\"" + digest + "\"")
                .cacheControl(BY_ONE_CLIENT)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(new FileSystemResource(file));
    }
}
