package dev.strangler.cutover.workflow;

import dev.strangler.outbox.relay.Lsn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one step leaves for a later one, and for whoever takes over in between: written to the journal with the step that made it. */
final class Notes {

    private static final String COMPARED_UP_TO = "comparedUpTo";
    private static final String UNSETTLED = "unsettled";
    private static final String PROVEN_AT = "provenAt";
    private static final String SHAPE = "shape";
    private static final String CARRIED_UP_TO = "carriedUpTo";
    private static final String PARTITIONS = "partitions";
    private static final String HELD_AT = "heldAt";
    private static final String FENCED_AT = "fencedAt";
    private static final String RESUMED_AT = "resumedAt";
    private static final String RELEASED_AT = "releasedAt";
    private static final String OPENED_FROM = "openedFrom";
    private static final String READER = "reader";
    private static final String FENCED_BEHIND = "fencedBehind";
    private static final String SAID_AGAIN = "saidAgain";
    private static final String LAST_WORD = "lastWord";

    private final Map<String, String> all = new LinkedHashMap<>();
    private final Map<String, String> fresh = new LinkedHashMap<>();

    /** Those of a journal, later ones over earlier ones. */
    static Notes of(List<JournalEntry> journal) {
        var notes = new Notes();
        journal.forEach(entry -> notes.all.putAll(entry.notes()));
        return notes;
    }

    /** What was noted since the last call. */
    Map<String, String> takeFresh() {
        var taken = Map.copyOf(fresh);
        fresh.clear();
        return taken;
    }

    /** @param proof that this is built upon */
    void comparedUpTo(Lsn position, List<String> unsettled, Optional<Comparing.Base> proof) {
        put(COMPARED_UP_TO, position.toString());
        put(UNSETTLED, String.join("\n", unsettled));
        proof.ifPresent(base -> {
            put(PROVEN_AT, base.at().toString());
            put(SHAPE, base.shape());
        });
    }

    Optional<Lsn> comparedUpTo() {
        return get(COMPARED_UP_TO).map(Lsn::parse);
    }

    List<String> unsettled() {
        return get(UNSETTLED).stream()
                .flatMap(String::lines)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    void carriedUpTo(Instant moment) {
        put(CARRIED_UP_TO, moment.toString());
    }

    Optional<Instant> carriedUpTo() {
        return instant(CARRIED_UP_TO);
    }

    void partitions(int number) {
        put(PARTITIONS, Integer.toString(number));
    }

    Optional<Integer> partitions() {
        return get(PARTITIONS).map(Integer::parseInt);
    }

    void heldAt(Instant moment) {
        put(HELD_AT, moment.toString());
    }

    Optional<Instant> heldAt() {
        return instant(HELD_AT);
    }

    void fencedAt(Instant moment) {
        put(FENCED_AT, moment.toString());
    }

    Optional<Instant> fencedAt() {
        return instant(FENCED_AT);
    }

    void resumedAt(Instant moment) {
        put(RESUMED_AT, moment.toString());
    }

    /** From when on the gap is limited: an operator who resumes grants the time anew. */
    Optional<Instant> patienceFrom() {
        var resumed = instant(RESUMED_AT);
        return fencedAt().map(since -> resumed.filter(since::isBefore).orElse(since));
    }

    void releasedAt(Instant moment) {
        put(RELEASED_AT, moment.toString());
    }

    Optional<Instant> releasedAt() {
        return instant(RELEASED_AT);
    }

    /** Everything that the target will ever publish as the owner lies at or behind this position of its log. */
    void openedFrom(Lsn position) {
        put(OPENED_FROM, position.toString());
    }

    Optional<Lsn> openedFrom() {
        return get(OPENED_FROM).map(Lsn::parse);
    }

    /** Who read the source's slot before the fence. */
    void reader(Optional<String> reader) {
        reader.ifPresent(name -> put(READER, name));
    }

    Optional<String> reader() {
        return get(READER);
    }

    /** Everything that the source has published as the owner lies before this position of its log. */
    void fencedBehind(Lsn position) {
        put(FENCED_BEHIND, position.toString());
    }

    Optional<Lsn> fencedBehind() {
        return get(FENCED_BEHIND).map(Lsn::parse);
    }

    /** So many events were said once more. */
    void saidAgain(long number) {
        put(SAID_AGAIN, Long.toString(number));
    }

    /** The source's relay may still repeat what lies before the fence: {@link LastWords} finds the operation by this. */
    void lastWordOpen() {
        put(LAST_WORD, "open");
    }

    Optional<Instant> provenAt() {
        return instant(PROVEN_AT);
    }

    /** Of the state views that were compared. */
    Optional<String> shape() {
        return get(SHAPE);
    }

    private void put(String name, String value) {
        all.put(name, value);
        fresh.put(name, value);
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(all.get(name));
    }

    private Optional<Instant> instant(String name) {
        return get(name).map(Instant::parse);
    }
}
