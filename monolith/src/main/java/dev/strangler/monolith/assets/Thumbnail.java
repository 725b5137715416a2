package dev.strangler.monolith.assets;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** The small rendition of an asset, in its own blob, drawn anew and without the original's metadata. */
@Embeddable
record Thumbnail(
        @Column(name = "thumbnail_sha256") String sha256,
        @Column(name = "thumbnail_content_type") String contentType,
        @Column(name = "thumbnail_size") long size,
        @Column(name = "thumbnail_width") int width,
        @Column(name = "thumbnail_height") int height) {}
