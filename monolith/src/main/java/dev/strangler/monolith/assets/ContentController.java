package dev.strangler.monolith.assets;

import dev.strangler.monolith.assets.blobs.Blobs;
import dev.strangler.monolith.assets.blobs.Sha256;
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
import org.springframework.web.bind.annotation.RestController;

/**
 * The bytes of assets, streamed from the disk, ranges included. Whatever a stranger's file holds, a browser is told to treat
 * it as nothing but what its type says: no sniffing, no scripts, originals only as downloads.
 */
@RestController
class ContentController {

    private static final CacheControl BY_ONE_CLIENT =
            CacheControl.maxAge(Duration.ofHours(1)).cachePrivate();

    private final JpaAssets assets;
    private final Blobs blobs;

    ContentController(JpaAssets assets, Blobs blobs) {
        this.assets = assets;
        this.blobs = blobs;
    }

    /** The original, byte for byte, as a download under the client's name. */
    @GetMapping("/api/assets/{id}/content")
    ResponseEntity<Resource> content(@PathVariable UUID id) {
        var original = assets.stored(new AssetId(id)).original();
        return answer(
                new Sha256(original.sha256()),
                original.contentType(),
                ContentDisposition.attachment(original.fileName()));
    }

    /** The small picture, to be shown in place. */
    @GetMapping("/api/assets/{id}/thumbnail")
    ResponseEntity<Resource> thumbnail(@PathVariable UUID id) {
        var stored = assets.stored(new AssetId(id));
        var thumbnail = stored.thumbnail();
        String name = ContentDisposition.renamed(
                stored.original().fileName(), thumbnail.contentType().equals("image/png") ? "png" : "jpg");
        return answer(new Sha256(thumbnail.sha256()), thumbnail.contentType(), ContentDisposition.inline(name));
    }

    /** Originals and thumbnails by digest, for the services that copy them; never routed to from outside. */
    @GetMapping("/internal/blobs/{sha256}")
    ResponseEntity<Resource> blob(@PathVariable String sha256) {
        if (!Sha256.isDigest(sha256)) {
            throw Refusal.invalid("sha256", "must be 64 lower-case hexadecimal digits");
        }
        var digest = new Sha256(sha256);
        if (blobs.find(digest).isEmpty()) {
            throw Refusal.notFound("There is no blob " + digest + ", or no longer: its asset may have been purged.");
        }
        return answer(digest, MediaType.APPLICATION_OCTET_STREAM_VALUE, ContentDisposition.attachment(digest.hex()));
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
