package dev.strangler.dam;

import dev.strangler.contracts.ContractSchemas;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.media.AssetsOwner;
import dev.strangler.media.Shop;
import dev.strangler.media.TimeInHand;
import dev.strangler.outbox.EventCheck;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole service after a handover: it owns the assets, and its time is in the test's hand. All classes that extend it
 * share one running service and one database, so each test draws pictures of its own.
 */
@WithInfrastructure
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({TimeInHand.class, OwningDam.CheckedEvents.class})
@Timeout(120)
public abstract class OwningDam implements AssetsOwner {

    private static final Path BLOBS = Path.of("target", "owned-blobs-" + UUID.randomUUID());

    private static String products;
    private static EventLog log;

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    @Autowired
    protected TimeInHand.MovableClock clock;

    private Shop shop;

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        var infrastructure = Infrastructure.current();
        var database = infrastructure.database("owner");
        var assets = infrastructure.topic("owner.assets.v1");
        products = infrastructure.topic("owner.products.v1");
        infrastructure.createTopic(assets, 1);
        infrastructure.createTopic(products, 1);
        log = new EventLog(infrastructure.bootstrapServers());
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::username);
        properties.add("spring.datasource.password", database::password);
        properties.add("strangler.inbox.applier-role", database::applier);
        properties.add("strangler.inbox.bootstrap-servers", infrastructure::bootstrapServers);
        properties.add("intake.assets-topic", () -> assets);
        properties.add("intake.products-topic", () -> products);
        properties.add("blobs.directory", BLOBS::toString);
        properties.add("assets.bring-back-every", () -> "300ms");
    }

    @BeforeEach
    void open() {
        shop = new Shop(port);
        own();
    }

    /** Tells the log of a product at a version. */
    protected static void tell(UUID product, long version, String payload) {
        log.append(products, ProductEvents.AGGREGATE, product.toString(), version, ProductEvents.CREATED, payload);
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
        return BLOBS;
    }

    @Override
    public String name() {
        return "dam";
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class CheckedEvents {

        /** No event gets into the outbox that its schema does not take. */
        @Bean
        EventCheck contractCheck() {
            return event -> ContractSchemas.check(event.type(), event.schemaVersion(), event.payload());
        }
    }
}
