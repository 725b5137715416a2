package dev.strangler.dam.assets;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code image_use}: one row is one image of one product. */
@Component
class JdbcImageUses implements ImageUses {

    private static final String NO_LONGER = """
            delete from image_use
            where product_id = any(cast(:told as uuid[]))
              and (product_id, asset_id) not in (
                select * from unnest(cast(:products as uuid[]), cast(:assets as uuid[])))
            """;

    private static final String FROM_NOW_ON = """
            insert into image_use (product_id, asset_id, since)
            select * from unnest(cast(:products as uuid[]), cast(:assets as uuid[]), cast(:since as timestamptz[]))
            on conflict (product_id, asset_id) do nothing
            """;

    private static final String HEARD_BEFORE =
            "select product_id, version from image_use_heard where product_id = any(cast(:told as uuid[]))";

    private static final String HEARD = """
            insert into image_use_heard (product_id, version)
            select * from unnest(cast(:told as uuid[]), cast(:versions as bigint[]))
            on conflict (product_id) do update set version = excluded.version
            """;

    /** What was put into the trash before a product began to use it. */
    private static final String WANTED_BACK = """
            select id from asset
            where status = 'TRASHED'
              and exists (select from image_use where asset_id = asset.id and since >= asset.trashed_at)
            """;

    private final JdbcClient database;

    JdbcImageUses(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void tell(List<ProductImages> told) {
        // The versions of one product one after another, those of different products at once.
        var rounds = new ArrayList<List<ProductImages>>();
        var seen = new HashMap<UUID, Integer>();
        for (var version : told) {
            int round = seen.merge(version.product(), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(version);
        }
        rounds.forEach(this::tellAtOnce);
    }

    private void tellAtOnce(List<ProductImages> told) {
        var before = heard(told);
        var products = new ArrayList<String>();
        var assets = new ArrayList<String>();
        var since = new ArrayList<String>();
        for (var version : told) {
            var began = since(version, before.getOrDefault(version.product(), 0L));
            for (var image : version.images()) {
                products.add(version.product().toString());
                assets.add(image.toString());
                since.add(began.toString());
            }
        }
        database.sql(NO_LONGER)
                .param("told", ids(told))
                .param("products", texts(products))
                .param("assets", texts(assets))
                .update();
        if (!products.isEmpty()) {
            database.sql(FROM_NOW_ON)
                    .param("products", texts(products))
                    .param("assets", texts(assets))
                    .param("since", texts(since))
                    .update();
        }
    }

    /** Takes down the versions, and answers those that were heard before them. */
    private Map<UUID, Long> heard(List<ProductImages> told) {
        var before = new HashMap<UUID, Long>();
        database.sql(HEARD_BEFORE).param("told", ids(told)).query((RowCallbackHandler)
                row -> before.put(row.getObject("product_id", UUID.class), row.getLong("version")));
        database.sql(HEARD)
                .param("told", ids(told))
                .param("versions", told.stream().map(ProductImages::version).toArray(Long[]::new))
                .update();
        return before;
    }

    /** What is new in a version is new since then only if the version before it is known. */
    private static Instant since(ProductImages version, long before) {
        return version.version() == before + 1 ? version.changedAt() : version.createdAt();
    }

    /** Whether any product uses this image. */
    boolean isUsed(AssetId image) {
        return database.sql("select exists (select from image_use where asset_id = ?)")
                .param(image.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether a product began to use this image at that moment or later. */
    boolean isUsedSince(AssetId image, Instant moment) {
        return database.sql("select exists (select from image_use where asset_id = ? and since >= ?)")
                .params(image.value(), moment.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Those of these images that were put into the trash before a product began to use them, in the order of their ids. */
    List<AssetId> wantedBack(Collection<AssetId> among) {
        return database.sql(WANTED_BACK + "and id = any(cast(:among as uuid[])) order by id")
                .param("among", texts(among.stream().map(AssetId::toString).toList()))
                .query((row, number) -> new AssetId(row.getObject("id", UUID.class)))
                .list();
    }

    /** All images that were put into the trash before a product began to use them, some at a time. */
    List<AssetId> wantedBack(int most) {
        return database.sql(WANTED_BACK + "order by id limit :most")
                .param("most", most)
                .query((row, number) -> new AssetId(row.getObject("id", UUID.class)))
                .list();
    }

    private static String[] ids(List<ProductImages> told) {
        return told.stream().map(version -> version.product().toString()).toArray(String[]::new);
    }

    private static String[] texts(List<String> texts) {
        return texts.toArray(String[]::new);
    }
}
