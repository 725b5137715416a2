package dev.strangler.monolith;

import dev.strangler.contracts.ContractSchemas;
import dev.strangler.outbox.EventCheck;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.List;
import java.util.UUID;
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
 * The whole monolith on a random port and a real PostgreSQL, without Kafka. All classes that extend it share one
 * application and its database, so each test makes its own data and looks for nothing else.
 */
@WithInfrastructure
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "strangler.inbox.enabled=false")
@Import(RunningMonolith.CheckedEvents.class)
public abstract class RunningMonolith {

    @LocalServerPort
    private int port;

    @Autowired
    protected JdbcClient database;

    @DynamicPropertySource
    static void useSandbox(DynamicPropertyRegistry properties) {
        var database = Infrastructure.current().database();
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::username);
        properties.add("spring.datasource.password", database::password);
        properties.add("strangler.inbox.applier-role", database::applier);
        properties.add("blobs.directory", () -> "target/test-blobs/" + database.name());
    }

    protected Browser browser() {
        return new Browser(port);
    }

    /** A picture in the shop's database, without a file behind it. */
    protected UUID asset(String fileName, String status, List<String> tags) {
        var id = UUID.randomUUID();
        database.sql("""
                        insert into asset (id, owner, file_name, content_type, size, sha256, width, height, status, version,
                            uploaded_at, trashed_at, thumbnail_sha256, thumbnail_content_type, thumbnail_size,
                            thumbnail_width, thumbnail_height)
                        values (:id, 'test', :fileName, 'image/png', 10, :sha, 4, 3, :status, 1, now(),
                            case when :status = 'TRASHED' then now() end, :sha, 'image/png', 10, 4, 3)""")
                .param("id", id)
                .param("fileName", fileName)
                .param("sha", id.toString().replace("-", "").repeat(2))
                .param("status", status)
                .update();
        tags.forEach(tag -> database.sql("insert into asset_tag (asset_id, tag) values (?, ?)")
                .params(id, tag)
                .update());
        return id;
    }

    protected UUID asset() {
        return asset("picture.png", "ACTIVE", List.of());
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
