package dev.strangler.media;

import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A running side that owns the assets, as the contracts see it that both sides have to meet: through HTTP, and at the outbox.
 * Several tests share one, so each draws pictures of its own.
 */
public interface AssetsOwner {

    /** It, as its clients see it. */
    Shop shop();

    /** Its database. */
    JdbcClient database();

    /** Where it keeps blobs. */
    Path blobDirectory();

    /** What it calls itself in its answers. */
    String name();

    /** Hands the assets to this side, as a cutover does; where they are here already, nothing changes. */
    default void own() {
        database()
                .sql("select strangler.fence_open('assets', epoch + 1, 'test') from strangler.fence"
                        + " where feature = 'assets' and state = 'CLOSED'")
                .query(Boolean.class)
                .optional();
        // Apart: what opens a fence must be committed before writers are let in.
        database()
                .sql("select strangler.fence_enforce('assets')::text")
                .query(String.class)
                .optional();
    }

    /** Takes the assets away from this side, so that nobody owns them; where they are not here, nothing changes. */
    default void disown() {
        database()
                .sql("select strangler.fence_close('assets', epoch, 'test', '[]')::text from strangler.fence"
                        + " where feature = 'assets' and state = 'OPEN'")
                .query(String.class)
                .optional();
    }

    /** Uploads a new PNG and answers the path of its asset. */
    default String uploaded(String fileName, byte[] png, String tags) {
        var answer = shop().upload(UploadRequest.of(fileName, "image/png", png).field("tags", tags));
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return answer.header("Location");
    }

    /** The types of an asset's events, in order. */
    default List<String> events(String id) {
        return database()
                .sql("select type from strangler.outbox where aggregateid = :id order by aggregateversion")
                .param("id", id)
                .query(String.class)
                .list();
    }

    /** How many events all assets have. */
    default long allEvents() {
        return database()
                .sql("select count(*) from strangler.outbox where aggregatetype = 'Asset'")
                .query(Long.class)
                .single();
    }

    /** The id in an asset's path. */
    static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
