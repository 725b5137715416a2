package dev.strangler.monolith.assets;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An asset as HTTP tells it; the DAM tells it in the same shape. */
record AssetAnswer(
        UUID id,
        String fileName,
        String contentType,
        long size,
        String sha256,
        int width,
        int height,
        List<String> tags,
        Asset.Status status,
        long version,
        Instant uploadedAt) {

    static AssetAnswer of(Asset asset) {
        var original = asset.original();
        return new AssetAnswer(
                asset.id().value(),
                original.fileName(),
                original.contentType(),
                original.size(),
                original.sha256(),
                original.width(),
                original.height(),
                asset.tags().values(),
                asset.status(),
                asset.version(),
                asset.uploadedAt());
    }
}
