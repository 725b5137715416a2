package dev.strangler.monolith.assets;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.strangler.media.blobs.BlobUses;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.uploads.KnownPictures;
import dev.strangler.media.uploads.Owner;
import dev.strangler.side.web.Listing;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** {@link Assets}, read from the table; and what the rows say of blobs and pictures. */
@Component
@Transactional(readOnly = true)
class JpaAssets implements Assets, BlobUses, KnownPictures {

    private final AssetRows rows;

    JpaAssets(AssetRows rows) {
        this.rows = rows;
    }

    @Override
    public boolean exists(AssetId id) {
        return rows.existsById(id.value());
    }

    @Override
    public Set<AssetId> missing(Collection<AssetId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        var existing = rows.existing(ids.stream().map(AssetId::value).toList());
        return ids.stream().filter(id -> !existing.contains(id.value())).collect(toUnmodifiableSet());
    }

    @Override
    public Set<Sha256> used(Collection<Sha256> digests) {
        var asked = digests.stream().map(Sha256::hex).toList();
        var used = new HashSet<>(rows.originals(asked));
        used.addAll(rows.thumbnails(asked));
        return used.stream().map(Sha256::new).collect(toUnmodifiableSet());
    }

    @Override
    public boolean has(Owner owner, Sha256 digest) {
        return !rows.findIds(owner.name(), digest.hex()).isEmpty();
    }

    @Override
    public Page<AttachableImage> attachableImages(String query, Pageable page) {
        return search(Asset.Status.ACTIVE, query, page).map(JpaAssets::attachable);
    }

    /** The assets of that status whose file name or one of whose tags contains the query, newest first. */
    Listing<AssetAnswer> list(Asset.Status status, String query, Pageable page) {
        var found = search(status, query, page);
        return new Listing<>(
                found.map(AssetAnswer::of).getContent(),
                page.getPageNumber(),
                page.getPageSize(),
                found.getTotalElements());
    }

    /** One asset, refused as NOT_FOUND if it is not there. */
    AssetAnswer get(AssetId id) {
        return AssetAnswer.of(rows.get(id));
    }

    /** Where the bytes of an asset are to be found, refused as NOT_FOUND if it is not there. */
    Stored stored(AssetId id) {
        var asset = rows.get(id);
        return new Stored(asset.original(), asset.thumbnail());
    }

    private Page<Asset> search(Asset.Status status, String query, Pageable page) {
        var unordered = PageRequest.of(page.getPageNumber(), page.getPageSize());
        return rows.search(status, "%" + escaped(query.strip()) + "%", unordered);
    }

    private static String escaped(String query) {
        return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static AttachableImage attachable(Asset asset) {
        var original = asset.original();
        return new AttachableImage(
                asset.id(),
                original.fileName(),
                original.contentType(),
                original.width(),
                original.height(),
                asset.tags().values());
    }

    /** The two files of an asset. */
    record Stored(Original original, Thumbnail thumbnail) {}
}
