package dev.strangler.monolith.assets;

import dev.strangler.monolith.RunningMonolith;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/**
 * The running monolith with its time in the test's hand. All classes that extend it share one application, so each test
 * draws pictures of its own.
 */
@Import(TimeInHand.class)
@Timeout(120)
abstract class RunningShop extends RunningMonolith {

    @LocalServerPort
    private int port;

    @Value("${blobs.directory}")
    Path blobDirectory;

    @Autowired
    TimeInHand.MovableClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(port);
    }

    /** Uploads a picture and answers the path of its asset. */
    String uploaded(String fileName, byte[] png, String tags) {
        var answer = shop.upload(UploadRequest.of(fileName, "image/png", png).field("tags", tags));
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return answer.header("Location");
    }

    /** The events of an asset, in order. */
    List<String> events(String id) {
        return database.sql("select type from strangler.outbox where aggregateid = :id order by aggregateversion")
                .param("id", id)
                .query(String.class)
                .list();
    }

    /** The events of all assets. */
    long allEvents() {
        return database.sql("select count(*) from strangler.outbox where aggregatetype = 'Asset'")
                .query(Long.class)
                .single();
    }
}
