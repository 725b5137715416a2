package dev.strangler.monolith.assets;

import dev.strangler.media.uploads.Tags;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * One picture. Its transitions count the version up by one each, and answer whether anything changed: what changes
 * nothing is no new version and no event.
 */
@Entity
@Table(name = "asset")
class Asset {

    @Id
    private UUID id;

    private String owner;
    private String fileName;
    private String contentType;
    private long size;
    private String sha256;
    private int width;
    private int height;

    @Enumerated(EnumType.STRING)
    private Status status;

    private long version;
    private Instant uploadedAt;
    private @Nullable Instant trashedAt;

    @Embedded
    private Thumbnail thumbnail;

    @ElementCollection
    @CollectionTable(name = "asset_tag", joinColumns = @JoinColumn(name = "asset_id"))
    @Column(name = "tag")
    @BatchSize(size = 100)
    private Set<String> tags = new HashSet<>();

    /** For Hibernate, which fills the fields itself. */
    @NullUnmarked
    protected Asset() {}

    private Asset(AssetId id, Original original, Thumbnail thumbnail, Tags tags, Instant at) {
        this.id = id.value();
        this.owner = original.owner();
        this.fileName = original.fileName();
        this.contentType = original.contentType();
        this.size = original.size();
        this.sha256 = original.sha256();
        this.width = original.width();
        this.height = original.height();
        this.status = Status.ACTIVE;
        this.version = 1;
        this.uploadedAt = at.truncatedTo(ChronoUnit.MICROS);
        this.thumbnail = thumbnail;
        this.tags.addAll(tags.values());
    }

    /** A new asset at version 1. Instants are cut to microseconds, which is what the database keeps. */
    static Asset uploaded(AssetId id, Original original, Thumbnail thumbnail, Tags tags, Instant at) {
        return new Asset(id, original, thumbnail, tags, at);
    }

    /** Puts it into the trash; false when it lies there already. */
    boolean trash(Instant at) {
        if (status == Status.TRASHED) {
            return false;
        }
        status = Status.TRASHED;
        trashedAt = at.truncatedTo(ChronoUnit.MICROS);
        version++;
        return true;
    }

    /** Takes it out of the trash; false when it does not lie there. */
    boolean untrash() {
        if (status == Status.ACTIVE) {
            return false;
        }
        status = Status.ACTIVE;
        trashedAt = null;
        version++;
        return true;
    }

    /** Replaces its tags; false when it carries just these. */
    boolean tag(Tags replacement) {
        if (tags().equals(replacement)) {
            return false;
        }
        tags.clear();
        tags.addAll(replacement.values());
        version++;
        return true;
    }

    AssetId id() {
        return new AssetId(id);
    }

    /** What was uploaded: fixed for the asset's life. */
    Original original() {
        return new Original(owner, fileName, contentType, size, sha256, width, height);
    }

    Thumbnail thumbnail() {
        return thumbnail;
    }

    Tags tags() {
        return Tags.of(tags);
    }

    Status status() {
        return status;
    }

    long version() {
        return version;
    }

    Instant uploadedAt() {
        return uploadedAt;
    }

    /** Since when it lies in the trash; null outside it. */
    @Nullable
    Instant trashedAt() {
        return trashedAt;
    }

    /** Where an asset stands. A purged asset has no row, so there is no state for it. */
    enum Status {
        /** Offered to products and shown in lists. */
        ACTIVE,
        /** Hidden from lists, still served, purged after the retention time unless taken out. */
        TRASHED
    }
}
