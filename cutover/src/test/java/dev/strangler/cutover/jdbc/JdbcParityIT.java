package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.strangler.cutover.Discrepancy;
import dev.strangler.cutover.Discrepancy.Kind;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.ParityRefused;
import dev.strangler.cutover.Proof.Verdict;
import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.InfrastructureExtension;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(InfrastructureExtension.class)
class JdbcParityIT {

    private static final int ROWS = 500;

    private static Things things;

    private final PretendedStream stream = new PretendedStream();
    private final Parity parity = parity(Duration.ofSeconds(5), Duration.ofSeconds(20));

    @BeforeAll
    static void prepare(Infrastructure infrastructure) {
        things = new Things(infrastructure.database(), infrastructure.database("service"));
        things.prepare();
    }

    @BeforeEach
    void fill() {
        things.clear();
        things.alike(ROWS);
    }

    @Test
    void two_sides_that_hold_the_same_are_equal() {
        var told = new AtomicInteger();
        var result = parity.prove(Things.FEATURE, Side.MONOLITH, (done, total) -> told.incrementAndGet());
        assertThat(result.proof().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(result.proof().rows()).isEqualTo(ROWS);
        assertThat(result.proof().owner()).isEqualTo(Side.MONOLITH);
        assertThat(result.discrepancies()).isEmpty();
        assertThat(told.get()).as("times that progress was told").isGreaterThan(1);
        assertThat(stream.crossings()).as("nothing had to be looked at again").isZero();
    }

    @Test
    void two_empty_sides_are_equal() {
        things.clear();
        assertThat(prove().proof().verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void each_kind_of_discrepancy_is_found_to_its_key_and_field() {
        things.remove(Side.SERVICE, "thing_1");
        things.put(Side.SERVICE, "zzz-unknown", 4, "{}");
        things.put(Side.MONOLITH, "thing_100", 3, "{}");
        things.put(Side.SERVICE, "thing_101", 2, "{}");
        things.put(Side.MONOLITH, "Thing-3", 1, """
                {"name": "mug", "price": {"amount": 12.50}, "tags": ["a", "b"]}""");
        things.put(Side.SERVICE, "Thing-3", 1, """
                {"name": "mug", "price": {"amount": 12.5}, "tags": ["a"]}""");
        var result = prove();
        assertThat(result.proof().verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(result.proof().discrepancies()).isEqualTo(5);
        assertThat(result.inFlight()).isEmpty();
        assertThat(result.discrepancies())
                .containsExactly(
                        new Discrepancy(
                                "Thing-3",
                                Kind.DIFFERENT,
                                1L,
                                1L,
                                List.of(
                                        new Discrepancy.Field("price.amount", "12.50", "12.5"),
                                        new Discrepancy.Field("tags[1]", "\"b\"", null))),
                        new Discrepancy("thing_1", Kind.MISSING, 1L, null, List.of()),
                        new Discrepancy("thing_100", Kind.BEHIND, 3L, 1L, List.of()),
                        new Discrepancy("thing_101", Kind.AHEAD, 1L, 2L, List.of()),
                        new Discrepancy("zzz-unknown", Kind.EXTRA, null, 4L, List.of()));
    }

    @Test
    void the_service_can_be_the_owner() {
        things.remove(Side.MONOLITH, "thing_1");
        var result = parity.prove(Things.FEATURE, Side.SERVICE, Parity.Watch.NOBODY);
        assertThat(result.discrepancies())
                .containsExactly(new Discrepancy("thing_1", Kind.MISSING, 1L, null, List.of()));
        assertThat(result.proof().owner()).isEqualTo(Side.SERVICE);
    }

    @Test
    void rows_under_way_are_not_reported() {
        things.put(Side.MONOLITH, "thing_1", 2, "{}");
        things.put(Side.MONOLITH, "thing_new", 1, "{}");
        things.remove(Side.MONOLITH, "thing_2");
        stream.carries(
                () -> List.of("thing_1", "thing_new", "thing_2").forEach(id -> things.catchUp(Side.SERVICE, id)));
        var result = prove();
        assertThat(result.proof().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(result.discrepancies()).isEmpty();
        assertThat(result.inFlight()).isEmpty();
    }

    @Test
    void a_lost_row_is_reported_among_others_under_way() {
        things.put(Side.MONOLITH, "thing_1", 2, "{}");
        things.put(Side.MONOLITH, "thing_4", 2, "{}");
        stream.carries(() -> things.catchUp(Side.SERVICE, "thing_1"));
        var result = prove();
        assertThat(result.discrepancies()).containsExactly(new Discrepancy("thing_4", Kind.BEHIND, 2L, 1L, List.of()));
    }

    @Test
    void a_row_that_never_rests_is_in_flight_and_no_discrepancy() {
        var version = new AtomicInteger(1);
        things.put(Side.MONOLITH, "thing_1", version.incrementAndGet(), "{}");
        stream.carries(() -> {
            things.catchUp(Side.SERVICE, "thing_1");
            things.put(Side.MONOLITH, "thing_1", version.incrementAndGet(), "{}");
        });
        var result = parity(Duration.ofMillis(500), Duration.ofSeconds(20))
                .prove(Things.FEATURE, Side.MONOLITH, Parity.Watch.NOBODY);
        assertThat(result.proof().verdict()).isEqualTo(Verdict.UNSETTLED);
        assertThat(result.discrepancies()).isEmpty();
        assertThat(result.inFlight()).containsExactly("thing_1");
    }

    @Test
    void while_the_stream_stands_still_nothing_is_reported() {
        stream.standsStill();
        things.put(Side.MONOLITH, "thing_1", 2, "{}");
        var result = parity(Duration.ofMillis(300), Duration.ofSeconds(20))
                .prove(Things.FEATURE, Side.MONOLITH, Parity.Watch.NOBODY);
        assertThat(result.proof().verdict()).isEqualTo(Verdict.UNSETTLED);
        assertThat(result.discrepancies()).isEmpty();
        assertThat(result.inFlight()).containsExactly("thing_1");
        assertThat(result.trouble()).contains("the relay, the broker or the other side's intake is away");
    }

    @Test
    void without_a_broker_what_is_alike_is_proven_and_the_rest_is_unsettled() {
        stream.isAway();
        assertThat(prove().proof().verdict()).isEqualTo(Verdict.EQUAL);
        things.put(Side.MONOLITH, "thing_1", 2, "{}");
        var result = prove();
        assertThat(result.proof().verdict()).isEqualTo(Verdict.UNSETTLED);
        assertThat(result.inFlight()).containsExactly("thing_1");
        assertThat(result.trouble()).isEqualTo("The broker does not answer.");
    }

    @Test
    void a_side_whose_database_is_away_is_named() {
        var nowhere = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/nowhere", "nobody", "");
        var halved = new JdbcParity(
                (feature, side) -> side == Side.SERVICE ? nowhere : things.source(side),
                stream,
                JdbcParity.Limits.STANDARD,
                Clock.systemUTC());
        assertThatThrownBy(() -> halved.prove(Things.FEATURE, Side.MONOLITH, Parity.Watch.NOBODY))
                .isInstanceOf(ParityRefused.class)
                .hasMessageStartingWith("The service's database does not answer: ")
                .hasMessageContaining("start it again");
    }

    @Test
    void behind_a_drain_every_difference_counts() {
        things.put(Side.MONOLITH, "thing_1", 2, "{}");
        var compared = parity.compare(Things.FEATURE, Side.MONOLITH, List.of("thing_1", "thing_2", "nowhere"));
        assertThat(compared.compared()).isEqualTo(3);
        assertThat(compared.discrepancies())
                .containsExactly(new Discrepancy("thing_1", Kind.BEHIND, 2L, 1L, List.of()));
        assertThat(compared.isEqual()).isFalse();
        assertThat(stream.crossings()).isZero();
        assertThat(parity.compare(Things.FEATURE, Side.MONOLITH, List.of("thing_2"))
                        .isEqual())
                .isTrue();
    }

    @Test
    void what_was_written_before_the_position_and_committed_after_it_is_waited_for() throws Exception {
        try (var writer = things.source(Side.MONOLITH).getConnection();
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute(APPEND.formatted("thing_7"));
            var proving = CompletableFuture.supplyAsync(this::prove);
            assertThat(proving.isDone()).isFalse();
            writer.commit();
            var proof = proving.get(20, TimeUnit.SECONDS).proof();
            assertThat(proof.verdict()).isEqualTo(Verdict.EQUAL);
            statement.execute(APPEND.formatted("thing_8"));
            writer.commit();
            assertThat(parity.changedSince(Things.FEATURE, Side.MONOLITH, proof.since()))
                    .contains("thing_8");
        }
    }

    @Test
    void a_transaction_that_never_ends_is_named() throws Exception {
        try (var writer = things.source(Side.MONOLITH).getConnection();
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute(APPEND.formatted("thing_9"));
            var impatient = parity(Duration.ofSeconds(1), Duration.ofMillis(200));
            assertThatThrownBy(() -> impatient.prove(Things.FEATURE, Side.MONOLITH, Parity.Watch.NOBODY))
                    .isInstanceOf(ParityRefused.class)
                    .hasMessageContaining("pid ");
            writer.rollback();
        }
    }

    @Test
    void payloads_of_one_composite_type_are_compared_to_the_scale_of_a_number() {
        toldAsRows(List.of("name", "price", "tags"), List.of("name", "price", "tags"), () -> {
            assertThat(prove().proof().verdict()).isEqualTo(Verdict.EQUAL);
            assertThat(stream.crossings())
                    .as("nothing had to be looked at again")
                    .isZero();
            things.put(Side.MONOLITH, "Thing-3", 1, """
                    {"name": "", "price": {"amount": 12.50}, "tags": ["a", "b"]}""");
            things.put(Side.SERVICE, "Thing-3", 1, """
                    {"price": {"amount": 12.5}, "tags": ["a,b"]}""");
            assertThat(prove().discrepancies())
                    .containsExactly(new Discrepancy(
                            "Thing-3",
                            Kind.DIFFERENT,
                            1L,
                            1L,
                            List.of(
                                    new Discrepancy.Field("name", "\"\"", "null"),
                                    new Discrepancy.Field("price.amount", "12.50", "12.5"),
                                    new Discrepancy.Field("tags[0]", "\"a\"", "\"a,b\""),
                                    new Discrepancy.Field("tags[1]", "\"b\"", null))));
        });
    }

    @Test
    void the_order_of_attributes_does_not_count() {
        toldAsRows(List.of("name", "price", "tags"), List.of("tags", "price", "name"), () -> {
            things.put(Side.SERVICE, "thing_1", 1, "{\"name\": \"other\"}");
            assertThat(prove().discrepancies())
                    .extracting(Discrepancy::key, Discrepancy::kind)
                    .containsExactly(tuple("thing_1", Kind.DIFFERENT));
        });
    }

    @Test
    void a_document_equals_a_composite_type_that_says_the_same() {
        toldAsRows(
                List.of("name", "price"),
                List.of(),
                () -> assertThat(prove().proof().verdict()).isEqualTo(Verdict.EQUAL));
    }

    @Test
    void another_attribute_is_another_shape() {
        toldAsRows(List.of("name", "price", "tags"), List.of(), () -> {
            var before = parity.shape(Things.FEATURE);
            things.at(Side.MONOLITH)
                    .sql("alter type strangler.thing_price add attribute currency text")
                    .update();
            assertThat(parity.shape(Things.FEATURE)).isNotEqualTo(before);
        });
    }

    /** Runs with the sides' payloads of composite types with these attributes; of none for a document. */
    private static void toldAsRows(List<String> monolith, List<String> service, Runnable test) {
        var sides = Map.of(Side.MONOLITH, monolith, Side.SERVICE, service);
        sides.forEach((side, attributes) -> {
            if (!attributes.isEmpty()) {
                things.tellAsRow(side, attributes.toArray(String[]::new));
            }
        });
        try {
            test.run();
        } finally {
            sides.keySet().forEach(things::tellAsDocument);
        }
    }

    @Test
    void another_view_is_another_shape() {
        var before = parity.shape(Things.FEATURE);
        assertThat(parity.shape(Things.FEATURE)).isEqualTo(before);
        things.at(Side.SERVICE).sql("""
                        create or replace view strangler.things_state (aggregate_id, version, payload) as
                        select id, version, jsonb_build_object('id', id, 'version', version) || body || '{}' from thing
                        """).update();
        assertThat(parity.shape(Things.FEATURE)).isNotEqualTo(before);
    }

    private static final String APPEND = """
            insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion,
                                          schemaversion, occurredat)
            values ('x', 'Thing', '%s', 'ThingChanged', 'things.v1', '{}', 'monolith', 2, 1, now())
            """;

    private Parity.Result prove() {
        return parity.prove(Things.FEATURE, Side.MONOLITH, Parity.Watch.NOBODY);
    }

    private Parity parity(Duration settle, Duration transactions) {
        return new JdbcParity(
                (feature, side) -> things.source(side),
                stream,
                new JdbcParity.Limits(17, Duration.ofMillis(1), settle, transactions, 100),
                Clock.systemUTC());
    }
}
