package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@WithInfrastructure
class InfrastructureIT {

    @Test
    void a_test_class_has_a_database_of_its_own(Infrastructure infrastructure) throws SQLException {
        try (var connection = infrastructure.database().dataSource().getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery("select current_user, current_setting('wal_level')")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("infrastructure_it");
            assertThat(row.getString(2)).isEqualTo("logical");
        }
    }

    @Test
    void topics_can_be_created_twice(Infrastructure infrastructure) {
        var topic = infrastructure.topic("events");
        infrastructure.createTopic(topic, 3);
        infrastructure.createTopic(topic, 3);
    }

    @Test
    void connect_offers_debezium(Infrastructure infrastructure) throws IOException, InterruptedException {
        var plugins = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(infrastructure.connect().resolve("/connector-plugins"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(plugins.body())
                .contains("io.debezium.connector.postgresql.PostgresConnector")
                .contains("3.7.0.Final");
    }
}
