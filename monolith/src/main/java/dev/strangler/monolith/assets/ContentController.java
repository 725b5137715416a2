package dev.strangler.monolith.assets;

import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.camera.CameraData;
import dev.strangler.media.camera.ReadingCameraData;
import dev.strangler.media.downloads.Downloads;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The bytes of assets over HTTP. */
@RestController
@RequestMapping("/api/assets/{id}")
class ContentController {

    private final JpaAssets assets;
    private final Downloads downloads;
    private final ReadingCameraData reading;

    ContentController(JpaAssets assets, Downloads downloads, ReadingCameraData reading) {
        this.assets = assets;
        this.downloads = downloads;
        this.reading = reading;
    }

    /** The original, byte for byte, as a download under the client's name. */
    @GetMapping("/content")
    ResponseEntity<Resource> content(@PathVariable UUID id) {
        var original = assets.stored(new AssetId(id)).original();
        return downloads.original(new Sha256(original.sha256()), original.contentType(), original.fileName());
    }

    /** The small picture, to be shown in place. */
    @GetMapping("/thumbnail")
    ResponseEntity<Resource> thumbnail(@PathVariable UUID id) {
        var stored = assets.stored(new AssetId(id));
        var thumbnail = stored.thumbnail();
        return downloads.thumbnail(
                new Sha256(thumbnail.sha256()),
                thumbnail.contentType(),
                stored.original().fileName());
    }

    /** What the camera has written into it, in words; the same for ever. */
    @GetMapping("/metadata")
    ResponseEntity<CameraData> metadata(@PathVariable UUID id) {
        return ResponseEntity.ok(
                reading.of(new Sha256(assets.stored(new AssetId(id)).original().sha256())));
    }
}
