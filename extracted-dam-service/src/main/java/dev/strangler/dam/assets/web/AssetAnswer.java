package dev.strangler.dam.assets.web;

import dev.strangler.dam.assets.Asset;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An asset as clients see it; field names and order are the interface. */
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
                original.sha256().hex(),
                original.width(),
                original.height(),
                asset.tags(),
                asset.status(),
                asset.version(),
                asset.uploadedAt());
    }
}
