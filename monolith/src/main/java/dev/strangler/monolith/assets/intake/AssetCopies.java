package dev.strangler.monolith.assets.intake;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetState;
import dev.strangler.monolith.assets.AssetId;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The tables of the assets, written as the events tell: a few statements, however many assets are told. Past the entities,
 * whose transitions are for commands.
 */
@Component
class AssetCopies {

    private static final String PUT = """
            insert into asset (id, owner, file_name, content_type, size, sha256, width, height, status, version, uploaded_at,
                trashed_at, thumbnail_sha256, thumbnail_content_type, thumbnail_size, thumbnail_width, thumbnail_height)
            select told.id, told.owner, told."fileName", told."contentType", told.size, told.sha256, told.width, told.height,
                told.status, told.version, told."uploadedAt", told."trashedAt", small.sha256, small."contentType",
                small.size, small.width, small.height
            from jsonb_to_recordset(cast(:told as jsonb)) as told (id uuid, owner text, "fileName" text, "contentType" text,
                    size bigint, sha256 text, width integer, height integer, status text, version bigint,
                    "uploadedAt" timestamptz, "trashedAt" timestamptz, thumbnail jsonb),
                jsonb_to_record(told.thumbnail) as small (sha256 text, "contentType" text, size bigint, width integer,
                    height integer)
            on conflict (id) do update set owner = excluded.owner, file_name = excluded.file_name,
                content_type = excluded.content_type, size = excluded.size, sha256 = excluded.sha256,
                width = excluded.width, height = excluded.height, status = excluded.status, version = excluded.version,
                uploaded_at = excluded.uploaded_at, trashed_at = excluded.trashed_at,
                thumbnail_sha256 = excluded.thumbnail_sha256,
                thumbnail_content_type = excluded.thumbnail_content_type, thumbnail_size = excluded.thumbnail_size,
                thumbnail_width = excluded.thumbnail_width, thumbnail_height = excluded.thumbnail_height
            where asset.version <= excluded.version
            returning id
            """;

    private static final String FORGET_TAGS = "delete from asset_tag where asset_id = any(cast(:changed as uuid[]))";

    private static final String PUT_TAGS = """
            insert into asset_tag (asset_id, tag)
            select told.id, tag
            from jsonb_to_recordset(cast(:told as jsonb)) as told (id uuid, tags jsonb),
                jsonb_array_elements_text(told.tags) as tag
            where told.id = any(cast(:changed as uuid[]))
            """;

    private static final String FORGET = "delete from asset where id = any(cast(:changed as uuid[]))";

    private final JdbcClient database;

    AssetCopies(JdbcClient database) {
        this.database = database;
    }

    /**
     * Stores each asset as it is unless a newer version of it is there; the same version is written again, as that is how a
     * row is repaired that differs. No asset may occur twice.
     */
    void put(Collection<AssetState> assets) {
        if (assets.isEmpty()) {
            return;
        }
        var told = assets.stream().map(ContractEvents::write).collect(Collectors.joining(",", "[", "]"));
        var changed = database.sql(PUT).param("told", told).query(UUID.class).list().stream()
                .map(UUID::toString)
                .toArray(String[]::new);
        database.sql(FORGET_TAGS).param("changed", changed).update();
        database.sql(PUT_TAGS).param("told", told).param("changed", changed).update();
    }

    /** Forgets the assets; those that are not there are no mistake. */
    void remove(Collection<AssetId> assets) {
        if (assets.isEmpty()) {
            return;
        }
        var gone = assets.stream().map(AssetId::toString).toArray(String[]::new);
        database.sql(FORGET_TAGS).param("changed", gone).update();
        database.sql(FORGET).param("changed", gone).update();
    }
}
