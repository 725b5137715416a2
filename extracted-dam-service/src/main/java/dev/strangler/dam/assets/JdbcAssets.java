package dev.strangler.dam.assets;

import dev.strangler.media.blobs.BlobUses;
import dev.strangler.media.blobs.Sha256;
import dev.strangler.media.uploads.KnownPictures;
import dev.strangler.media.uploads.Owner;
import dev.strangler.side.search.Containing;
import dev.strangler.side.search.Found;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code asset}: one row is one asset, as whole as the events that tell of it. */
@Component
class JdbcAssets implements Assets, AssetCopies, BlobUses, KnownPictures {

    private static final String PUT = """
            insert into asset (id, owner, file_name, content_type, size, sha256, width, height, tags, status, version,
                uploaded_at, trashed_at, thumbnail_sha256, thumbnail_content_type, thumbnail_size, thumbnail_width,
                thumbnail_height)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set owner = excluded.owner, file_name = excluded.file_name,
                content_type = excluded.content_type, size = excluded.size, sha256 = excluded.sha256,
                width = excluded.width, height = excluded.height, tags = excluded.tags, status = excluded.status,
                version = excluded.version, uploaded_at = excluded.uploaded_at, trashed_at = excluded.trashed_at,
                thumbnail_sha256 = excluded.thumbnail_sha256,
                thumbnail_content_type = excluded.thumbnail_content_type, thumbnail_size = excluded.thumbnail_size,
                thumbnail_width = excluded.thumbnail_width, thumbnail_height = excluded.thumbnail_height
            where asset.version <= excluded.version
            """;

    private static final String MATCHING = """
            from asset
            where status = :status
              and (:pattern = '%%'
                or file_name ilike :pattern escape '\\'
                or exists (select from unnest(tags) tag where tag ilike :pattern escape '\\'))
            """;

    private static final String PAGE =
            "select * " + MATCHING + "order by uploaded_at desc, id offset :offset limit :size";

    private static final String COUNT = "select count(*) " + MATCHING;

    private static final String OF_OWNER = "from asset where owner = :owner and sha256 = :sha256";

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    JdbcAssets(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.client = JdbcClient.create(jdbc);
    }

    @Override
    public Optional<Asset> find(AssetId id) {
        return client.sql("select * from asset where id = ?")
                .param(id.value())
                .query(AssetRow::read)
                .optional();
    }

    @Override
    public Found<Asset> search(Asset.Status status, Containing query, long offset, int size) {
        var page = client.sql(PAGE)
                .param("status", status.name())
                .param("pattern", query.pattern())
                .param("offset", offset)
                .param("size", size)
                .query(AssetRow::read)
                .list();
        return Found.page(
                page,
                offset,
                size,
                () -> client.sql(COUNT)
                        .param("status", status.name())
                        .param("pattern", query.pattern())
                        .query(Long.class)
                        .single());
    }

    @Override
    public void put(Collection<Asset> assets) {
        jdbc.batchUpdate(PUT, assets, Math.max(1, assets.size()), AssetRow::write);
    }

    @Override
    public void remove(Collection<AssetId> ids) {
        if (!ids.isEmpty()) {
            client.sql("delete from asset where id = any(?)")
                    .param(ids.stream().map(AssetId::value).toArray(UUID[]::new))
                    .update();
        }
    }

    /** Stores one asset at its new version, in the current transaction. */
    void put(Asset asset) {
        put(List.of(asset));
    }

    /** The asset, its row held until the transaction ends, so that versions are counted without a gap. */
    Optional<Asset> findToChange(AssetId id) {
        return client.sql("select * from asset where id = ? for update")
                .param(id.value())
                .query(AssetRow::read)
                .optional();
    }

    /**
     * The asset of an owner with these bytes, its row held until the transaction ends. There is at most one, except that a copy
     * fed by events may for a moment hold a new one beside one whose purge it has not heard of: then the newest.
     */
    Optional<Asset> findToChange(Owner owner, Sha256 digest) {
        return client.sql("select * " + OF_OWNER + " order by uploaded_at desc, id limit 1 for update")
                .param("owner", owner.name())
                .param("sha256", digest.hex())
                .query(AssetRow::read)
                .optional();
    }

    /** The trash from its oldest end, after a given place in it; what products use is left out. */
    List<Asset> unusedTrash(Instant before, Instant after, UUID afterId, int most) {
        return client.sql("""
                        select * from asset
                        where status = 'TRASHED' and trashed_at < :before and (trashed_at, id) > (:after, :afterId)
                          and not exists (select from image_use where asset_id = asset.id)
                        order by trashed_at, id limit :most
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("after", after.atOffset(ZoneOffset.UTC))
                .param("afterId", afterId)
                .param("most", most)
                .query(AssetRow::read)
                .list();
    }

    @Override
    public boolean has(Owner owner, Sha256 digest) {
        return client.sql("select exists (select " + OF_OWNER + ")")
                .param("owner", owner.name())
                .param("sha256", digest.hex())
                .query(Boolean.class)
                .single();
    }

    @Override
    public Set<Sha256> used(Collection<Sha256> digests) {
        String[] asked = digests.stream().map(Sha256::hex).toArray(String[]::new);
        var used = client.sql("""
                        select sha256 from asset where sha256 = any(:digests)
                        union select thumbnail_sha256 from asset where thumbnail_sha256 = any(:digests)
                        """).param("digests", asked).query(String.class).list();
        return used.stream().map(Sha256::new).collect(Collectors.toUnmodifiableSet());
    }
}
