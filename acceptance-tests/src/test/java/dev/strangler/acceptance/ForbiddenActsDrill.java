package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no role may do, tried as that role: each owns, relays, applies or verifies in one database, and does nothing else anywhere. */
class ForbiddenActsDrill {

    private static final String NO_RIGHT = "42501";
    private static final String NO_LOGIN = "28P01";

    private static final String AN_EVENT = """
            insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
            values ('x-Thing-1-v1', 'Thing', '1', 'ThingMade', 'things.v1', '{}', 'x', 1, 1, now())
            """;

    private final RunningShop shop = RunningShop.shared();

    @ParameterizedTest
    @CsvSource({
        "monolith, dam pim facade",
        "monolith_relay, dam pim facade",
        "monolith_verifier, dam pim facade",
        "dam, monolith pim facade",
        "dam_relay, monolith pim facade",
        "dam_verifier, monolith pim facade",
        "pim, monolith dam facade",
        "pim_relay, monolith dam facade",
        "pim_verifier, monolith dam facade",
        "facade, monolith dam pim"
    })
    void a_role_enters_no_database_but_its_own(String role, String others) throws SQLException {
        try (var own = as(role, role.replaceAll("_.*", ""))) {
            assertThat(own.isValid(5)).isTrue();
        }
        for (var other : others.split(" ")) {
            assertRefused(NO_RIGHT, () -> as(role, other).close());
        }
    }

    @ParameterizedTest
    @CsvSource({"monolith, asset, product", "dam, asset, image_use", "pim, product, attachable_image"})
    void a_relay_reads_the_outbox_and_nothing_else(String side, String table, String another) throws SQLException {
        try (var relay = as(side + "_relay", side)) {
            run(relay, "select count(*) from strangler.outbox");
            refuses(relay, "select 1 from " + table);
            refuses(relay, "select 1 from " + another);
            refuses(relay, "select 1 from strangler.fence");
            refuses(relay, "select 1 from strangler.inbox_version");
            refuses(relay, AN_EVENT);
            refuses(relay, "delete from strangler.outbox");
            refuses(relay, "create table strangler.mine (x int)");
            refuses(relay, "create table public.mine (x int)");
            refuses(relay, "create temporary table mine (x int)");
        }
    }

    @ParameterizedTest
    @CsvSource({"monolith, assets", "dam, assets", "pim, products"})
    void an_applier_cannot_log_in_publish_or_move_a_fence(String side, String feature) throws SQLException {
        assertRefused(NO_LOGIN, () -> as(side + "_applier", side).close());
        try (var owner = as(side, side)) {
            run(owner, "set role " + side + "_applier");
            refuses(owner, AN_EVENT);
            refuses(owner, "update strangler.fence set state = 'OPEN'");
            refuses(owner, "select strangler.fence_close('%s', 0, 'drill', '[]')".formatted(feature));
            refuses(owner, "select setval('strangler.fence_gate_%s', 1)".formatted(feature));
            refuses(owner, "select 1 from strangler.outbox");
            refuses(owner, "create table public.mine (x int)");
        }
    }

    @ParameterizedTest
    @CsvSource({"monolith, asset, assets", "dam, asset, assets", "pim, product, products"})
    void a_verifier_reads_states_and_changes_nothing(String side, String table, String feature) throws SQLException {
        try (var verifier = as(side + "_verifier", side)) {
            run(verifier, "select * from strangler.state_sum('%s', '', null)".formatted(feature));
            assertRefused("25006", () -> run(verifier, "delete from " + table));
            // What a session may switch off is no wall; the rights are.
            run(verifier, "set default_transaction_read_only = off");
            refuses(verifier, "select 1 from " + table);
            refuses(verifier, "insert into %s default values".formatted(table));
            refuses(verifier, "update %s set version = 9".formatted(table));
            refuses(verifier, "delete from " + table);
            refuses(verifier, "truncate " + table);
            refuses(verifier, AN_EVENT);
            refuses(verifier, "select strangler.fence_close('%s', 0, 'drill', '[]')".formatted(feature));
            refuses(verifier, "create temporary table mine (x int)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"monolith", "dam", "pim", "facade"})
    void an_owner_owns_its_tables_and_makes_neither_roles_nor_databases(String owner) throws SQLException {
        try (var own = as(owner, owner);
                var statement = own.createStatement();
                var foreign = statement.executeQuery(
                        "select count(*) from pg_class c where c.relnamespace in (select oid from pg_namespace where nspname in ('public', 'strangler')) and pg_get_userbyid(c.relowner) <> current_user")) {
            assertThat(foreign.next()).isTrue();
            assertThat(foreign.getInt(1)).isZero();
            refuses(own, "create role mine");
            refuses(own, "create database mine");
            refuses(own, "alter role postgres password 'x'");
            refuses(own, "select pg_read_file('/etc/passwd')");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dam_relay, products.v1",
        "pim_relay, assets.v1",
        "dam_relay, strangler.monolith.heartbeat",
        "monolith_relay, strangler-connect-configs"
    })
    void a_connector_writes_no_topic_of_another_owner(String name, String topic) {
        assertThat(refused(writing(shop.kafkaAs(name, name), topic))).isInstanceOf(TopicAuthorizationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assets.v1", "products.v1", "strangler.dam.heartbeat", "strangler-connect-offsets"})
    void who_does_not_say_who_he_is_writes_no_topic(String topic) {
        // A producer that was refused a number before it sent anything tells that as the cause.
        assertThat(refused(writing(Map.of("bootstrap.servers", shop.kafka()), topic)))
                .satisfiesAnyOf(
                        refused -> assertThat(refused).isInstanceOf(AuthorizationException.class),
                        refused -> assertThat(refused).hasCauseInstanceOf(AuthorizationException.class));
    }

    @Test
    void nobody_is_believed_without_the_password() {
        assertThat(refused(writing(shop.kafkaAs("dam_relay", "guessed"), "assets.v1")))
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void an_owner_writes_its_own_topic() throws Exception {
        writing(shop.kafkaAs("dam_relay", "dam_relay"), "strangler.dam.heartbeat")
                .tried();
    }

    @Test
    void topics_are_made_deleted_and_changed_and_rights_given_by_the_administrator_only() {
        for (var client : List.of(
                Map.<String, Object>of("bootstrap.servers", shop.kafka()), shop.kafkaAs("dam_relay", "dam_relay"))) {
            try (var brokers = Admin.create(client)) {
                assertThat(refused(() ->
                                brokers.deleteTopics(List.of("assets.v1")).all().get(30, TimeUnit.SECONDS)))
                        .isInstanceOf(TopicAuthorizationException.class);
                assertThat(refused(() -> brokers.createTopics(List.of(new NewTopic("mine", 1, (short) 1)))
                                .all()
                                .get(30, TimeUnit.SECONDS)))
                        .isInstanceOf(TopicAuthorizationException.class);
                var everything = new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                        new AccessControlEntry("User:dam_relay", "*", AclOperation.ALL, AclPermissionType.ALLOW));
                assertThat(refused(() ->
                                brokers.createAcls(List.of(everything)).all().get(30, TimeUnit.SECONDS)))
                        .isInstanceOf(ClusterAuthorizationException.class);
            }
        }
    }

    /** They hold the passwords of all connectors. */
    @Test
    void the_topics_of_the_worker_are_read_by_nobody_else() {
        Map<String, Object> settings = Map.of("bootstrap.servers", shop.kafka());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            assertThat(refused(() -> consumer.partitionsFor("strangler-connect-configs")))
                    .isInstanceOf(TopicAuthorizationException.class);
        }
    }

    private static Trial writing(Map<String, Object> client, String topic) {
        return () -> {
            var settings = new HashMap<>(client);
            settings.put("max.block.ms", 30_000);
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>(topic, "drill", "{}")).get(30, TimeUnit.SECONDS);
            }
        };
    }

    private interface Trial {
        void tried() throws Exception;
    }

    private static @Nullable Throwable refused(Trial trial) {
        try {
            trial.tried();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            return e;
        }
    }

    private Connection as(String role, String database) throws SQLException {
        return shop.postgres().dataSource(database, role, role).getConnection();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void refuses(Connection connection, String sql) {
        assertThatThrownBy(() -> run(connection, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState())
                                .as(refused.getMessage())
                                .isEqualTo(NO_RIGHT));
    }

    private interface Act {
        void tried() throws SQLException;
    }

    private static void assertRefused(String state, Act act) {
        SQLException refused = catchThrowableOfType(SQLException.class, act::tried);
        assertThat((Throwable) refused).isNotNull();
        assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo(state);
    }
}
