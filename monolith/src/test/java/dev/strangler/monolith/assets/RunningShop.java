package dev.strangler.monolith.assets;

import dev.strangler.media.AssetsOwner;
import dev.strangler.media.Shop;
import dev.strangler.media.TimeInHand;
import dev.strangler.monolith.RunningMonolith;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The running monolith with its time in the test's hand. All classes that extend it share one application, so each test
 * draws pictures of its own.
 */
@Import(TimeInHand.class)
@Timeout(120)
abstract class RunningShop extends RunningMonolith implements AssetsOwner {

    @LocalServerPort
    private int port;

    @Value("${blobs.directory}")
    private Path blobs;

    @Autowired
    TimeInHand.MovableClock clock;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(port);
    }

    @Override
    public Shop shop() {
        return shop;
    }

    @Override
    public JdbcClient database() {
        return database;
    }

    @Override
    public Path blobDirectory() {
        return blobs;
    }

    @Override
    public String name() {
        return "monolith";
    }
}
