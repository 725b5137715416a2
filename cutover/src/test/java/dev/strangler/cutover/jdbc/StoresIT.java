package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Discrepancy;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.Verification;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.outbox.relay.Lsn;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.InfrastructureExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the façade's database remembers of the data: proofs, tracers, tallies. */
@ExtendWith(InfrastructureExtension.class)
class StoresIT {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static JdbcClient database;
    private static TransactionTemplate transactions;

    @BeforeAll
    static void migrate(Infrastructure infrastructure) {
        var source = infrastructure.database().dataSource();
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:dev/strangler/cutover/schema")
                .load()
                .migrate();
        database = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @Test
    void a_proof_is_remembered_with_its_discrepancies() {
        var proofs = new JdbcProofs(database, transactions, Duration.ofMinutes(1));
        var feature = new FeatureName("proven");
        var begun = proofs.begin(feature, Side.SERVICE, "ann");
        assertThat(begun.isNew()).isTrue();
        assertThat(proofs.begin(feature, Side.SERVICE, "bob")).isEqualTo(new Proofs.Begun(begun.verification(), false));
        var number = begun.verification().number();
        proofs.progress(number, 5, 10);
        assertThat(proofs.newestVerification(feature)).hasValueSatisfying(running -> {
            assertThat(running.compared()).isEqualTo(5);
            assertThat(running.total()).isEqualTo(10);
        });
        var found = List.of(
                new Discrepancy(
                        "a", Discrepancy.Kind.DIFFERENT, 3L, 3L, List.of(new Discrepancy.Field("name", "\"x\"", null))),
                new Discrepancy("b", Discrepancy.Kind.EXTRA, null, 1L, List.of()));
        var proof = new Proof(
                feature,
                Side.SERVICE,
                Proof.Verdict.DIFFERENT,
                10,
                2,
                1,
                Lsn.parse("1/2A"),
                "shape",
                NOON,
                NOON.plusSeconds(2));
        proofs.finish(number, new Parity.Result(proof, found, List.of("c"), "the relay is away"));
        assertThat(proofs.newest(feature)).contains(proof);
        assertThat(proofs.discrepancies(number)).isEqualTo(found);
        assertThat(proofs.newestVerification(feature)).hasValueSatisfying(done -> {
            assertThat(done.state()).isEqualTo(Verification.State.DONE);
            assertThat(done.trouble()).isEqualTo("the relay is away");
        });
    }

    @Test
    void a_comparison_whose_instance_is_gone_gives_way() {
        var proofs = new JdbcProofs(database, transactions, Duration.ZERO);
        var feature = new FeatureName("abandoned");
        var first = proofs.begin(feature, Side.MONOLITH, "ann");
        var second = proofs.begin(feature, Side.MONOLITH, "bob");
        assertThat(second.isNew()).isTrue();
        assertThat(second.verification().number())
                .isGreaterThan(first.verification().number());
        proofs.progress(first.verification().number(), 1, 1);
        assertThat(proofs.newest(feature)).isEmpty();
    }

    @Test
    void a_handover_without_a_last_word_is_open_until_the_journal_says_otherwise() {
        var operations = new JdbcOperations(database);
        var journal = new JdbcJournal(database, "one", Duration.ofMinutes(1));
        var words = new JdbcLastWords(database);
        var operation = new Operation(
                OperationId.random(),
                new FeatureName("muttering"),
                Direction.FORWARD,
                Epoch.FIRST,
                Epoch.FIRST.next(),
                "ann",
                "",
                List.of(),
                NOON);
        operations.start(operation, "one", Duration.ofMinutes(1));
        journal.write(
                operation.id(),
                List.of(new JournalEntry(StepName.SETTLE, Outcome.DONE, NOON, "", Map.of("lastWord", "open"))));
        assertThat(words.open(operation.feature())).isEmpty();
        operations.turn(operation.id(), "one", Course.DONE, "");
        assertThat(words.open(operation.feature()))
                .singleElement()
                .extracting(Operation::id)
                .isEqualTo(operation.id());
        words.settled(operation.id(), "nothing was repeated");
        words.settled(operation.id(), "twice");
        assertThat(words.open(operation.feature())).isEmpty();
        assertThat(journal.of(operation.id()))
                .extracting(JournalEntry::detail)
                .containsExactly("", "nothing was repeated");
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD, DONE, SERVICE_OWNED",
        "FORWARD, ABORTED, PREPARED",
        "BACK, DONE, PREPARED",
        "BACK, ABORTED, SERVICE_OWNED"
    })
    void an_operation_that_is_over_leaves_no_feature_on_its_way(Direction direction, Course course, Phase phase) {
        var operations = new JdbcOperations(database);
        var phases = new JdbcPhases(database);
        var feature = new FeatureName("moved-" + direction.name().toLowerCase(Locale.ROOT)
                + course.name().length());
        var operation = new Operation(
                OperationId.random(), feature, direction, Epoch.FIRST, Epoch.FIRST.next(), "ann", "", List.of(), NOON);
        phases.advance(feature, Phase.MONOLITH, Phase.moving(direction), "ann");
        operations.start(operation, "one", Duration.ofMinutes(1));
        operations.turn(operation.id(), "one", Course.ABORTING, "");
        assertThat(phases.of(feature)).isEqualTo(Phase.moving(direction));

        operations.turn(operation.id(), "one", course, "");
        assertThat(phases.of(feature)).isEqualTo(phase);
    }

    @Test
    void a_handover_that_is_done_moves_a_feature_whose_leader_died_before_it_was_on_its_way() {
        var operations = new JdbcOperations(database);
        var phases = new JdbcPhases(database);
        var feature = new FeatureName("died-early");
        phases.advance(feature, Phase.MONOLITH, Phase.PREPARED, "ann");
        var operation = new Operation(
                OperationId.random(),
                feature,
                Direction.FORWARD,
                Epoch.FIRST,
                Epoch.FIRST.next(),
                "ann",
                "",
                List.of(),
                NOON);
        operations.start(operation, "one", Duration.ofMinutes(1));
        operations.turn(operation.id(), "one", Course.DONE, "");
        assertThat(phases.of(feature)).isEqualTo(Phase.SERVICE_OWNED);
    }

    @Test
    void one_instance_at_a_time_traces() {
        var tracers = new JdbcTracers(database);
        var feature = new FeatureName("traced");
        assertThat(tracers.last(feature, Direction.BACK)).isEmpty();
        assertThat(tracers.claim(feature, Direction.BACK, Duration.ofHours(1))).hasValue(0);
        assertThat(tracers.claim(feature, Direction.BACK, Duration.ofHours(1))).isEmpty();
        assertThat(tracers.claim(feature, Direction.BACK, Duration.ZERO)).hasValue(1);
        tracers.inTrouble(feature, Direction.BACK, "away");
        assertThat(tracers.last(feature, Direction.BACK)).hasValueSatisfying(tracing -> {
            assertThat(tracing.roundTrip()).isNull();
            assertThat(tracing.trouble()).isEqualTo("away");
            assertThat(tracing.isFresh(NOON, Duration.ofMinutes(1), Duration.ofSeconds(2)))
                    .isFalse();
        });
        tracers.arrived(feature, Direction.BACK, NOON, NOON.plusMillis(40));
        tracers.arrived(feature, Direction.BACK, NOON.minusSeconds(5), NOON.plusSeconds(1));
        assertThat(tracers.last(feature, Direction.BACK)).hasValueSatisfying(tracing -> {
            assertThat(tracing.roundTrip()).isEqualTo(Duration.ofMillis(40));
            assertThat(tracing.age(NOON.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
            assertThat(tracing.trouble()).isNull();
            assertThat(tracing.isFresh(NOON.plusSeconds(30), Duration.ofMinutes(1), Duration.ofSeconds(2)))
                    .isTrue();
        });
    }

    @Test
    void the_newest_rehearsal_is_the_one_that_was_begun_last() {
        var rehearsals = new JdbcRehearsals(database);
        var feature = new FeatureName("rehearsed");
        assertThat(rehearsals.newest(feature)).isEmpty();
        var clean = new Rehearsal(feature, "0123456789abcdef", NOON, 26, 20, 0, true, "ann");
        rehearsals.keep(clean);
        rehearsals.keep(new Rehearsal(feature, "0123456789abcdef", NOON.minusSeconds(60), 2, 0, 3, false, "bob"));
        assertThat(rehearsals.newest(feature)).contains(clean);
        assertThat(rehearsals.newest(new FeatureName("unseen"))).isEmpty();
    }

    @Test
    void tallies_add_up_and_samples_are_few() {
        var shadows = new JdbcShadows(database, transactions);
        var feature = new FeatureName("shadowed");
        var sample = new Shadows.Sample("tags[]", "GET /api/things/1", "a", "b", NOON);
        var seen = new Shadows.Endpoint(
                "GET /api/things/{id}", new Shadows.Tally(3, 1, 1, 1, 0, 2), Map.of("tags[]", 1L), List.of(sample));
        IntStream.range(0, 10).forEach(round -> shadows.add(feature, 4, seen));
        var report = shadows.newest(feature);
        assertThat(report.since()).isEqualTo(4);
        assertThat(report.total()).isEqualTo(new Shadows.Tally(30, 10, 10, 10, 0, 20));
        assertThat(report.endpoints()).hasSize(1);
        assertThat(report.endpoints().get(0).fields()).containsExactly(Map.entry("tags[]", 10L));
        assertThat(report.endpoints().get(0).samples())
                .hasSize(Shadows.MOST_SAMPLES)
                .containsOnly(sample);
        shadows.add(feature, 6, new Shadows.Endpoint("GET /api/things", Shadows.Tally.NONE, Map.of(), List.of()));
        assertThat(shadows.newest(feature).since()).isEqualTo(6);
        assertThat(shadows.newest(new FeatureName("unseen")).endpoints()).isEmpty();
    }
}
