package dev.strangler.dam.assets;

import static java.util.Objects.requireNonNull;

import dev.strangler.media.blobs.Sha256;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An asset in its row: both ways between the record and the columns. */
final class AssetRow {

    private AssetRow() {}

    /** Sets the parameters in the order of the table's columns. */
    static void write(PreparedStatement row, Asset asset) throws SQLException {
        var original = asset.original();
        var thumbnail = asset.thumbnail();
        int column = 1;
        row.setObject(column++, asset.id().value());
        row.setString(column++, original.owner());
        row.setString(column++, original.fileName());
        row.setString(column++, original.contentType());
        row.setLong(column++, original.size());
        row.setString(column++, original.sha256().hex());
        row.setInt(column++, original.width());
        row.setInt(column++, original.height());
        row.setArray(
                column++, row.getConnection().createArrayOf("text", asset.tags().toArray()));
        row.setString(column++, asset.status().name());
        row.setLong(column++, asset.version());
        row.setObject(column++, timestamp(asset.uploadedAt()));
        row.setObject(column++, timestamp(asset.trashedAt()));
        row.setString(column++, thumbnail.sha256().hex());
        row.setString(column++, thumbnail.contentType());
        row.setLong(column++, thumbnail.size());
        row.setInt(column++, thumbnail.width());
        row.setInt(column, thumbnail.height());
    }

    static Asset read(ResultSet row, int number) throws SQLException {
        return new Asset(
                new AssetId(row.getObject("id", UUID.class)),
                new Original(
                        row.getString("owner"),
                        row.getString("file_name"),
                        row.getString("content_type"),
                        row.getLong("size"),
                        new Sha256(row.getString("sha256")),
                        row.getInt("width"),
                        row.getInt("height")),
                new Thumbnail(
                        new Sha256(row.getString("thumbnail_sha256")),
                        row.getString("thumbnail_content_type"),
                        row.getLong("thumbnail_size"),
                        row.getInt("thumbnail_width"),
                        row.getInt("thumbnail_height")),
                List.of((String[]) row.getArray("tags").getArray()),
                Asset.Status.valueOf(row.getString("status")),
                row.getLong("version"),
                requireNonNull(instant(row, "uploaded_at")),
                instant(row, "trashed_at"));
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getObject(column, OffsetDateTime.class);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
