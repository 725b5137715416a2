package dev.strangler.pim.assetlinks;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.strangler.pim.products.ImageId;
import dev.strangler.pim.products.Images;
import dev.strangler.side.search.Containing;
import dev.strangler.side.search.Found;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code attachable_image}: one row is one image that may be attached now, from the trash or not. */
@Component
class JdbcAttachableImages implements AttachableImages, AttachableImageCopies, Images {

    private static final String PUT = """
            insert into attachable_image (id, file_name, content_type, width, height, tags, trashed, version,
                uploaded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set file_name = excluded.file_name, content_type = excluded.content_type,
                width = excluded.width, height = excluded.height, tags = excluded.tags, trashed = excluded.trashed,
                version = excluded.version, uploaded_at = excluded.uploaded_at
            where attachable_image.version < excluded.version
            """;

    private static final String MATCHING = """
            from attachable_image
            where not trashed
              and (:pattern = '%%'
                or file_name ilike :pattern escape '\\'
                or exists (select from unnest(tags) tag where tag ilike :pattern escape '\\'))
            """;

    private static final String PAGE =
            "select * " + MATCHING + "order by uploaded_at desc, id offset :offset limit :size";

    private static final String COUNT = "select count(*) " + MATCHING;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    JdbcAttachableImages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.client = JdbcClient.create(jdbc);
    }

    @Override
    public Found<AttachableImage> search(Containing query, long offset, int size) {
        var page = client.sql(PAGE)
                .param("pattern", query.pattern())
                .param("offset", offset)
                .param("size", size)
                .query(JdbcAttachableImages::read)
                .list();
        return Found.page(
                page,
                offset,
                size,
                () -> client.sql(COUNT)
                        .param("pattern", query.pattern())
                        .query(Long.class)
                        .single());
    }

    @Override
    public Set<ImageId> missing(Collection<ImageId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        var missing = client.sql("select wanted from unnest(?::uuid[]) wanted"
                        + " where not exists (select from attachable_image i where i.id = wanted)")
                .param(ids.stream().map(ImageId::value).toArray(UUID[]::new))
                .query(UUID.class)
                .set();
        return missing.stream().map(ImageId::new).collect(toUnmodifiableSet());
    }

    @Override
    public void put(Collection<AttachableImage> images) {
        jdbc.batchUpdate(PUT, images, Math.max(1, images.size()), JdbcAttachableImages::write);
    }

    @Override
    public void remove(Collection<ImageId> ids) {
        if (!ids.isEmpty()) {
            client.sql("delete from attachable_image where id = any(?)")
                    .param(ids.stream().map(ImageId::value).toArray(UUID[]::new))
                    .update();
        }
    }

    private static void write(PreparedStatement row, AttachableImage image) throws SQLException {
        int column = 1;
        row.setObject(column++, image.id().value());
        row.setString(column++, image.fileName());
        row.setString(column++, image.contentType());
        row.setInt(column++, image.width());
        row.setInt(column++, image.height());
        row.setArray(
                column++, row.getConnection().createArrayOf("text", image.tags().toArray()));
        row.setBoolean(column++, image.trashed());
        row.setLong(column++, image.version());
        row.setObject(column, image.uploadedAt().atOffset(ZoneOffset.UTC));
    }

    private static AttachableImage read(ResultSet row, int number) throws SQLException {
        return new AttachableImage(
                new ImageId(row.getObject("id", UUID.class)),
                row.getString("file_name"),
                row.getString("content_type"),
                row.getInt("width"),
                row.getInt("height"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getBoolean("trashed"),
                row.getLong("version"),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant());
    }
}
