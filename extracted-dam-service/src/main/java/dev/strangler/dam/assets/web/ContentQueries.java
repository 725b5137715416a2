package dev.strangler.dam.assets.web;

import dev.strangler.dam.assets.Asset;
import dev.strangler.dam.assets.AssetId;
import dev.strangler.dam.assets.Assets;
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
class ContentQueries {

    private final Assets assets;
    private final Downloads downloads;
    private final ReadingCameraData reading;

    ContentQueries(Assets assets, Downloads downloads, ReadingCameraData reading) {
        this.assets = assets;
        this.downloads = downloads;
        this.reading = reading;
    }

    /** The original, byte for byte, as a download under the client's name. */
    @GetMapping("/content")
    ResponseEntity<Resource> content(@PathVariable UUID id) {
        var original = asset(id).original();
        return downloads.original(original.sha256(), original.contentType(), original.fileName());
    }

    /** The small picture, to be shown in place. */
    @GetMapping("/thumbnail")
    ResponseEntity<Resource> thumbnail(@PathVariable UUID id) {
        var asset = asset(id);
        var thumbnail = asset.thumbnail();
        return downloads.thumbnail(
                thumbnail.sha256(), thumbnail.contentType(), asset.original().fileName());
    }

    /** What the camera has written into it, in words; the same for ever. */
    @GetMapping("/metadata")
    ResponseEntity<CameraData> metadata(@PathVariable UUID id) {
        return ResponseEntity.ok(reading.of(asset(id).original().sha256()));
    }

    private Asset asset(UUID id) {
        return assets.find(new AssetId(id)).orElseThrow(() -> AssetQueries.noSuchAsset(id));
    }
}
