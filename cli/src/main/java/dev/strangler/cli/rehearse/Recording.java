package dev.strangler.cli.rehearse;

import dev.strangler.cutover.history.Read;
import dev.strangler.cutover.history.Write;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Everything that clients did and were told. */
final class Recording {

    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unwelcome = new ConcurrentHashMap<>();
    private final LongAdder unanswered = new LongAdder();
    private final Map<String, String> handles = new ConcurrentHashMap<>();

    /**
     * A write that was done.
     *
     * @param at nanoseconds of this machine's clock
     * @param by the side that answered
     */
    record Acknowledged(long at, String by) {}

    /**
     * What clients ran into.
     *
     * @param unwelcome how often they got each answer that nobody promised them
     * @param unanswered requests that had no answer within the limit, or lost their connection
     */
    record Trouble(Map<String, Long> unwelcome, long unanswered) {

        static final Trouble NONE = new Trouble(Map.of(), 0);

        Trouble {
            unwelcome = Map.copyOf(unwelcome);
        }
    }

    void wrote(Write write) {
        writes.add(write);
        if (write.outcome() == Write.Outcome.ACKNOWLEDGED) {
            acknowledged.add(new Acknowledged(System.nanoTime(), write.answeredBy()));
        }
    }

    void read(Read read) {
        reads.add(read);
    }

    /** Counts one attempt's answer. */
    void answered(Answered answer) {
        count(answers, answer.toString());
        if (!answer.isWelcome()) {
            count(unwelcome, answer.toString());
        }
    }

    /** Counts one attempt that came to nothing. */
    void unanswered(boolean isWrite) {
        count(answers, (isWrite ? "write" : "read") + " without an answer");
        unanswered.increment();
    }

    private static void count(Map<String, LongAdder> kinds, String kind) {
        kinds.computeIfAbsent(kind, name -> new LongAdder()).increment();
    }

    /** Remembers by which name an aggregate is asked for. */
    void made(String aggregate, String handle) {
        handles.put(aggregate, handle);
    }

    List<Write> writes() {
        return List.copyOf(writes);
    }

    List<Read> reads() {
        return List.copyOf(reads);
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    long acknowledgedSoFar() {
        return acknowledged.size();
    }

    /** Milliseconds from the last write that one side acknowledged to the first that the other did; -1 where only one did. */
    long seenGap(long from) {
        var seen = acknowledged().stream()
                .skip(from)
                .sorted(Comparator.comparingLong(Acknowledged::at))
                .toList();
        for (var next = 1; next < seen.size(); next++) {
            if (!seen.get(next).by().equals(seen.get(next - 1).by())) {
                return Duration.ofNanos(seen.get(next).at() - seen.get(next - 1).at())
                        .toMillis();
            }
        }
        return -1;
    }

    /** How often each kind of answer was given, sorted by name. */
    Map<String, Long> answers() {
        return sums(answers);
    }

    /** What they have run into so far. */
    Trouble trouble() {
        return new Trouble(sums(unwelcome), unanswered.sum());
    }

    private static Map<String, Long> sums(Map<String, LongAdder> kinds) {
        var sorted = new TreeMap<String, Long>();
        kinds.forEach((kind, times) -> sorted.put(kind, times.sum()));
        return sorted;
    }

    /** The aggregates that clients made, with the names by which they are asked for. */
    Map<String, String> aggregates() {
        return Map.copyOf(handles);
    }
}
