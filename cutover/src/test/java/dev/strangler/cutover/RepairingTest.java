package dev.strangler.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Discrepancy.Kind;
import dev.strangler.cutover.Remedy.LastWord;
import dev.strangler.cutover.Remedy.Means;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepairingTest {

    private static final Feature FEATURE = new Feature(
            new FeatureName("things"),
            "shed",
            List.of("/api/things"),
            Set.of("Thing"),
            "things.v1",
            Map.of(),
            Map.of());

    private final Remembered remembered = new Remembered();
    private final Repairing repairing = new Repairing(remembered, remembered);

    @Test
    void what_the_owner_has_is_said_once_more_after_the_copy_has_forgotten_it() {
        var repaired = repair(found("a", Kind.MISSING, 1L, null), found("b", Kind.BEHIND, 2L, 1L));
        assertThat(repaired.said()).isEqualTo(2);
        assertThat(repaired.troubles()).isEmpty();
        assertThat(remembered.done).containsExactly("forget [a, b]", "snapshot [a, b]");
    }

    @Test
    void a_row_whose_end_never_took_effect_is_ended_by_the_owners_last_word() {
        remembered.lastWords.put("gone", new LastWord("ThingPurged", 5));
        remembered.applied.put("gone", 5L);
        assertThat(repair(found("gone", Kind.EXTRA, null, 4L)).said()).isEqualTo(1);
        assertThat(remembered.done).containsExactly("forget [gone]", "last word [gone]");
    }

    @Test
    void a_row_deleted_past_the_outbox_is_kept_and_the_way_out_is_said() {
        remembered.lastWords.put("lost", new LastWord("ThingChanged", 4));
        var repaired = repair(found("lost", Kind.EXTRA, null, 4L));
        assertThat(repaired.said()).isZero();
        assertThat(remembered.done).isEmpty();
        assertThat(repaired.troubles())
                .singleElement()
                .asString()
                .startsWith("lost extra: ")
                .contains("deleted past the outbox", "Put the row back at the owner");
    }

    @Test
    void what_the_stream_never_brought_to_the_copy_is_rebuilt_away() {
        remembered.applied.put("raised", 2L);
        assertThat(means(found("rogue", Kind.EXTRA, null, 1L), found("raised", Kind.AHEAD, 2L, 9L)))
                .containsExactly(Means.REBUILD, Means.REBUILD);
        remembered.refusal = "Consumer 'shed-things' can't be rebuilt.";
        var repaired = repair(found("rogue", Kind.EXTRA, null, 1L), found("raised", Kind.AHEAD, 2L, 9L));
        assertThat(remembered.done).containsExactly("rebuild SERVICE");
        assertThat(repaired.troubles()).containsExactly("Consumer 'shed-things' can't be rebuilt.");
    }

    @Test
    void an_owner_that_was_set_back_behind_what_it_published_takes_nothing_from_the_copy() {
        remembered.applied.put("applied", 7L);
        remembered.lastWords.put("published", new LastWord("ThingChanged", 7));
        var plan = repairing.plan(
                FEATURE,
                Side.MONOLITH,
                List.of(found("applied", Kind.AHEAD, 6L, 7L), found("published", Kind.AHEAD, 6L, 7L)));
        assertThat(plan).extracting(Remedy::means).containsOnly(Means.NONE);
        assertThat(plan).allSatisfy(remedy -> assertThat(remedy.words()).contains("the copy's is the newer", "6", "7"));
    }

    @Test
    void planning_changes_nothing() {
        remembered.lastWords.put("gone", new LastWord("ThingPurged", 5));
        assertThat(means(found("gone", Kind.EXTRA, null, 4L), found("a", Kind.DIFFERENT, 1L, 1L)))
                .containsExactly(Means.LAST_WORD, Means.SNAPSHOT);
        assertThat(remembered.done).isEmpty();
    }

    private List<Means> means(Discrepancy... found) {
        return repairing.plan(FEATURE, Side.MONOLITH, List.of(found)).stream()
                .map(Remedy::means)
                .toList();
    }

    private Repairing.Repaired repair(Discrepancy... found) {
        return repairing.repair(FEATURE, Side.MONOLITH, List.of(found));
    }

    private static Discrepancy found(String key, Kind kind, @Nullable Long owner, @Nullable Long copy) {
        return new Discrepancy(key, kind, owner, copy, List.of());
    }

    /** Notes what is done, in its order. */
    private static final class Remembered implements Snapshots, Memories {

        final Map<String, LastWord> lastWords = new HashMap<>();
        final Map<String, Long> applied = new HashMap<>();
        final List<String> done = new ArrayList<>();

        @Nullable
        String refusal;

        @Override
        public long count(Feature feature, Side owner) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Chunk append(Feature feature, Side owner, String after, int size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long append(Feature feature, Side owner, Collection<String> keys) {
            done.add("snapshot " + keys);
            return keys.size();
        }

        @Override
        public void forgetVersions(Feature feature, Side copy, Collection<String> keys) {
            assertThat(copy).isEqualTo(Side.SERVICE);
            done.add("forget " + keys);
        }

        @Override
        public Map<String, LastWord> lastWords(Feature feature, Side owner, Collection<String> keys) {
            return lastWords;
        }

        @Override
        public long sayLastWords(Feature feature, Side owner, Collection<String> keys) {
            done.add("last word " + keys);
            return keys.size();
        }

        @Override
        public Map<String, Long> applied(Feature feature, Side copy, Collection<String> keys) {
            return applied;
        }

        @Override
        public List<String> rebuild(Feature feature, Side copy, Duration limit) {
            done.add("rebuild " + copy);
            return refusal == null ? List.of() : List.of(refusal);
        }
    }
}
