package dev.strangler.facade.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Proof.Verdict;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Comparing.Base;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.outbox.relay.Lsn;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a comparison may build upon. */
class ProvenBasesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Feature ASSETS = new Feature(
            new FeatureName("assets"), "dam", List.of("/api/assets"), Set.of("Asset"), "assets.v1", Map.of(), Map.of());

    private final List<Standing> operations = new ArrayList<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private @Nullable Proof proof;
    private String shape = "shape";
    private String shapeNoted = "shape";

    @Test
    void without_a_proof_and_without_a_handover_there_is_nothing_to_build_upon() {
        assertThat(newest(Side.MONOLITH)).isEmpty();
    }

    @Test
    void an_equal_proof_of_this_owner_is_built_upon_from_its_position() {
        proof = proof(Side.MONOLITH, Verdict.EQUAL, NOON.minusSeconds(600));
        assertThat(newest(Side.MONOLITH)).contains(new Base(new Lsn(42), NOON.minusSeconds(600), "shape", null));
    }

    @Test
    void a_proof_that_is_old_or_found_differences_or_of_another_shape_is_in_trouble() {
        proof = proof(Side.MONOLITH, Verdict.EQUAL, NOON.minus(Duration.ofHours(25)));
        assertThat(trouble(Side.MONOLITH)).contains("it is 1500 min old");
        proof = proof(Side.MONOLITH, Verdict.DIFFERENT, NOON.minusSeconds(600));
        assertThat(trouble(Side.MONOLITH)).isEqualTo("different, 3 of 10 rows differ");
        proof = proof(Side.MONOLITH, Verdict.EQUAL, NOON.minusSeconds(600));
        shape = "another";
        assertThat(trouble(Side.MONOLITH)).contains("a state view of one of the sides has changed");
    }

    @Test
    void a_proof_of_the_former_owner_is_not_built_upon() {
        proof = proof(Side.SERVICE, Verdict.EQUAL, NOON.minusSeconds(600));
        assertThat(newest(Side.MONOLITH)).isEmpty();
    }

    @Test
    void right_after_a_handover_the_new_owner_builds_upon_what_that_has_compared() {
        proof = proof(Side.MONOLITH, Verdict.EQUAL, NOON.minusSeconds(600));
        handedOver(Direction.FORWARD, NOON.minusSeconds(60), Course.DONE);
        assertThat(newest(Side.SERVICE)).contains(new Base(new Lsn(77), NOON.minusSeconds(600), "shape", null));
        assertThat(newest(Side.MONOLITH)).as("of the former owner").isEmpty();
    }

    @Test
    void what_a_handover_has_compared_is_in_trouble_once_a_state_view_has_changed() {
        handedOver(Direction.FORWARD, NOON.minusSeconds(60), Course.DONE);
        shape = "another";
        assertThat(trouble(Side.SERVICE)).isEqualTo("a state view of one of the sides has changed since");
    }

    @Test
    void what_was_handed_over_before_state_views_were_noted_is_told_as_that() {
        shapeNoted = "";
        handedOver(Direction.FORWARD, NOON.minusSeconds(60), Course.DONE);
        assertThat(trouble(Side.SERVICE)).contains("before state views were noted");
    }

    @Test
    void a_proof_after_the_handover_is_preferred_to_it() {
        handedOver(Direction.FORWARD, NOON.minusSeconds(60), Course.DONE);
        proof = proof(Side.SERVICE, Verdict.EQUAL, NOON.minusSeconds(30));
        assertThat(newest(Side.SERVICE)).map(Base::since).contains(new Lsn(42));
        proof = proof(Side.SERVICE, Verdict.EQUAL, NOON.minusSeconds(90));
        assertThat(newest(Side.SERVICE)).map(Base::since).contains(new Lsn(77));
    }

    @Test
    void a_handover_that_was_taken_back_changes_nothing_about_the_proof() {
        proof = proof(Side.MONOLITH, Verdict.EQUAL, NOON.minusSeconds(600));
        handedOver(Direction.FORWARD, NOON.minusSeconds(60), Course.ABORTED);
        assertThat(newest(Side.MONOLITH)).map(Base::since).contains(new Lsn(42));
        assertThat(newest(Side.SERVICE)).isEmpty();
    }

    private void handedOver(Direction direction, Instant ended, Course course) {
        var operation = new Operation(
                new OperationId("op-1"),
                ASSETS.name(),
                direction,
                Epoch.FIRST,
                new Epoch(1),
                "ann",
                "",
                List.of(),
                ended.minusSeconds(5));
        operations.add(0, new Standing(operation, course, "one", false, "", ended));
        journal.add(new JournalEntry(
                StepName.ARM,
                Outcome.DONE,
                ended,
                "",
                Map.of(
                        "openedFrom",
                        new Lsn(77).toString(),
                        "provenAt",
                        NOON.minusSeconds(600).toString(),
                        "shape",
                        shapeNoted)));
    }

    private static Proof proof(Side owner, Verdict verdict, Instant at) {
        return new Proof(
                ASSETS.name(), owner, verdict, 10, verdict == Verdict.EQUAL ? 0 : 3, 0, new Lsn(42), "shape", at, at);
    }

    private String trouble(Side owner) {
        return newest(owner).map(Base::trouble).orElseThrow();
    }

    private Optional<Base> newest(Side owner) {
        return new ProvenBases(
                        answering(Proofs.class, "newest", () -> Optional.ofNullable(proof)),
                        answering(Parity.class, "shape", () -> shape),
                        answering(Operations.class, "of", () -> operations),
                        answering(Journal.class, "of", () -> journal),
                        Duration.ofHours(24),
                        Clock.fixed(NOON, ZoneOffset.UTC))
                .newest(ASSETS, owner);
    }

    /** One of which only that one question is asked. */
    private static <T> T answering(Class<T> type, String question, Supplier<Object> answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(question)) {
                        return answer.get();
                    }
                    throw new UnsupportedOperationException(method.getName());
                }));
    }
}
