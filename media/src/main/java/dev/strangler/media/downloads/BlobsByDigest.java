package dev.strangler.media.downloads;

import dev.strangler.media.blobs.Sha256;
import dev.strangler.side.refusals.Refusal;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Originals and thumbnails by digest, for the other side that copies them; never routed to from outside. */
@RestController
class BlobsByDigest {

    private final Downloads downloads;

    BlobsByDigest(Downloads downloads) {
        this.downloads = downloads;
    }

    @GetMapping("/internal/blobs/{sha256}")
    ResponseEntity<Resource> blob(@PathVariable String sha256) {
        if (!Sha256.isDigest(sha256)) {
            throw Refusal.invalid("sha256", "must be 64 lower-case hexadecimal digits");
        }
        return downloads.blob(new Sha256(sha256));
    }
}
