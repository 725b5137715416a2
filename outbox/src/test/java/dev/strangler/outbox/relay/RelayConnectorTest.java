package dev.strangler.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayConnectorTest {

    private final RelayConnector connector =
            RelayConnector.of("jdbc:postgresql://db.example:5433/shop?sslmode=require", "shop_relay", "secret");

    @Test
    void a_database_gets_the_kits_names() {
        assertThat(connector.name()).isEqualTo("shop-outbox");
        assertThat(connector.slot()).isEqualTo("strangler_shop");
        assertThat(connector.host()).isEqualTo("db.example");
        assertThat(connector.port()).isEqualTo(5433);
        assertThat(RelayConnector.slotOf("My-Shop")).isEqualTo("strangler_my_shop");
    }

    @Test
    void nothing_in_the_configuration_can_skip_events_in_silence() {
        assertThat(connector.configuration())
                .containsEntry("snapshot.mode", "no_data")
                .containsEntry("offset.mismatch.strategy", "trust_offset")
                .containsEntry("errors.tolerance", "none")
                .containsEntry("slot.drop.on.stop", "false")
                .containsEntry("publication.autocreate.mode", "disabled")
                .containsEntry("message.prefix.exclude.list", ".*")
                .containsEntry("producer.override.acks", "all");
    }

    @Test
    void the_connector_reads_the_partition_root_and_the_router_only_its_topic() {
        var configuration = connector.configuration();
        assertThat("strangler.outbox").matches(Pattern.compile(configuration.get("table.include.list")));
        assertThat("strangler.outbox_20261121").doesNotMatch(Pattern.compile(configuration.get("table.include.list")));
        var topic = configuration.get("topic.prefix") + ".strangler.outbox";
        assertThat(topic).matches(Pattern.compile(configuration.get("predicates.isOutbox.pattern")));
        assertThat(connector.heartbeatTopic())
                .doesNotMatch(Pattern.compile(configuration.get("predicates.isOutbox.pattern")));
    }

    @Test
    void the_password_is_in_the_configuration_and_nowhere_else() {
        assertThat(connector.configuration()).containsEntry("database.password", "secret");
        assertThat(connector.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://h/db", "jdbc:postgresql:db", "jdbc:postgresql://h1,h2/db:x/y", "shop"})
    void what_is_no_address_of_one_database_is_refused(String url) {
        assertThatThrownBy(() -> RelayConnector.of(url, "u", "p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql://host:port/database");
    }

    @Test
    void positions_compare_as_postgresql_orders_them() {
        assertThat(Lsn.parse("16/B374D848").toString()).isEqualTo("16/B374D848");
        assertThat(Lsn.parse("1/0").isAfter(Lsn.parse("0/FFFFFFFF"))).isTrue();
        assertThat(Lsn.parse("1/0").minus(Lsn.parse("0/FFFFFFFF"))).isEqualTo(1);
        assertThat(new Lsn(-1L).isAfter(Lsn.parse("7FFFFFFF/0"))).isTrue();
        assertThatThrownBy(() -> Lsn.parse("B374D848")).isInstanceOf(IllegalArgumentException.class);
    }
}
