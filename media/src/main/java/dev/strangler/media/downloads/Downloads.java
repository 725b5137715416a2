package dev.strangler.media.downloads;

import dev.strangler.media.blobs.Blobs;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.time.Duration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * The bytes of assets, streamed from the disk, ranges included. Whatever a stranger's file holds, a browser is told to treat
 * it as nothing but what its type says: no sniffing, no scripts, originals only as downloads.
 *
 * <p>A blob that should be there and is not is refused as UNAVAILABLE: the store must be restored then.
 */
@Component
public class Downloads {

    private static final CacheControl BY_ONE_CLIENT =
            CacheControl.maxAge(Duration.ofHours(1)).cachePrivate();

    private final Blobs blobs;

    Downloads(Blobs blobs) {
        this.blobs = blobs;
    }

    /** The original, byte for byte, as a download under the client's name. */
    public ResponseEntity<Resource> original(Sha256 digest, String contentType, String fileName) {
        return answer(digest, contentType, ContentDisposition.attachment(fileName));
    }

    /** The small picture, to be shown in place; its name is the original's with its own ending. */
    public ResponseEntity<Resource> thumbnail(Sha256 digest, String contentType, String originalName) {
        String name = ContentDisposition.renamed(originalName, contentType.equals("image/png") ? "png" : "jpg");
        return answer(digest, contentType, ContentDisposition.inline(name));
    }

    /** Any blob, for who copies it; refused as NOT_FOUND if there is none of that digest. */
    ResponseEntity<Resource> blob(Sha256 digest) {
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
