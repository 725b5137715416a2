package dev.strangler.cli.rehearse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rehearsal did and found.
 *
 * @param feature that was handed over and back
 * @param map digest of the feature in its map
 * @param programs digest of what ran; empty where nobody knows
 * @param at when it began
 * @param seed from which clients and kills were drawn
 * @param clients who wrote side by side
 * @param facades through which they did
 * @param writesPerSecond that were asked for
 * @param acknowledged writes that were done, each followed to both sides
 * @param unknown writes whose fate no client was told
 * @param refused writes that were turned down for good
 * @param reads that were compared with what their client had written before
 * @param events of the topic that were judged
 * @param answers how often clients got each kind of answer
 * @param unwelcome those among them, until the first fault, that nobody promised: a read that shows nothing, a write that is neither done nor told
 *     when to come again
 * @param unanswered requests until the first fault that had no answer in time; not judged, as a busy machine is slow
 * @param quiet handovers without a fault
 * @param faulty handovers during which a part was killed
 * @param violations of the invariants; empty is what everybody hopes for
 * @param stopped why it ended before everything was carried out; empty when nothing stopped it
 */
record Certificate(
        String feature,
        String map,
        String programs,
        Instant at,
        long seed,
        int clients,
        int facades,
        int writesPerSecond,
        long acknowledged,
        long unknown,
        long refused,
        long reads,
        long events,
        Map<String, Long> answers,
        Map<String, Long> unwelcome,
        long unanswered,
        List<Passage> quiet,
        List<Passage> faulty,
        List<String> violations,
        String stopped) {

    private static final Set<String> ENDED = Set.of("DONE", "ABORTED");

    /**
     * One handover.
     *
     * @param direction {@code forward} or {@code back}
     * @param killed the part, and the step before or after which it was killed, as {@code dam@after-open}; empty without a fault
     * @param outcome {@code DONE}, {@code ABORTED}, {@code STUCK}, or {@code MISSED} where it never came to that step
     * @param gapMillis from the fence to the release, by the journal; -1 where that is not known
     * @param seenGapMillis from the last write that the former owner acknowledged to the first of the new one, as clients saw it; -1 likewise
     * @param helped what an operator had to say to end it
     * @param spent where the time went
     */
    record Passage(
            String direction,
            String killed,
            String outcome,
            long gapMillis,
            long seenGapMillis,
            List<String> helped,
            Spent spent) {

        Passage {
            helped = List.copyOf(helped);
        }
    }

    Certificate {
        answers = Map.copyOf(answers);
        unwelcome = Map.copyOf(unwelcome);
        quiet = List.copyOf(quiet);
        faulty = List.copyOf(faulty);
        violations = List.copyOf(violations);
    }

    /**
     * Whether nothing was lost, doubled, reordered or written twice, every quiet handover was done without a client being told what nobody promised
     * it, and every other ended.
     */
    @JsonProperty("clean")
    boolean isClean() {
        return violations.isEmpty()
                && stopped.isEmpty()
                && unwelcome.isEmpty()
                && quiet.stream().allMatch(passage -> passage.outcome().equals("DONE"))
                && faulty.stream().allMatch(passage -> ENDED.contains(passage.outcome()));
    }

    /** The gap that so many percent of the quiet handovers did not exceed, ms; -1 without any. */
    long gap(int percent) {
        return percentile(
                quiet.stream()
                        .map(Passage::gapMillis)
                        .filter(gap -> gap >= 0)
                        .sorted()
                        .toList(),
                percent);
    }

    /** As {@link #gap}, as clients saw it. */
    long seenGap(int percent) {
        return percentile(
                quiet.stream()
                        .map(Passage::seenGapMillis)
                        .filter(gap -> gap >= 0)
                        .sorted()
                        .toList(),
                percent);
    }

    private static long percentile(List<Long> sorted, int percent) {
        if (sorted.isEmpty()) {
            return -1;
        }
        return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    /** For people. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("Rehearsal of '%s', begun %s, seed %d".formatted(feature, at, seed));
        lines.add("load        %d clients through %d façades, %d writes/s asked for"
                .formatted(clients, facades, writesPerSecond));
        lines.add(String.format(
                Locale.ROOT,
                "operations  %,d writes acknowledged, %,d refused, %,d of unknown fate; %,d reads; %,d events",
                acknowledged,
                refused,
                unknown,
                reads,
                events));
        lines.add("answers     " + counted(answers));
        lines.add(String.format(
                Locale.ROOT,
                "unwelcome   %s until the first fault; %,d requests without an answer in time",
                unwelcome.isEmpty() ? "none" : counted(unwelcome),
                unanswered));
        lines.add(
                "quiet       %d handovers; write gap p50 %d ms, p95 %d ms, max %d ms; as clients saw it p50 %d, p95 %d, max %d ms"
                        .formatted(quiet.size(), gap(50), gap(95), gap(100), seenGap(50), seenGap(95), seenGap(100)));
        lines.add(
                "faults      %d handovers with a part killed: %d done, %d taken back, %d stuck, %d missed; an operator had to help %d times"
                        .formatted(
                                faulty.size(),
                                count("DONE"),
                                count("ABORTED"),
                                count("STUCK"),
                                count("MISSED"),
                                faulty.stream()
                                        .filter(passage -> !passage.helped().isEmpty())
                                        .count()));
        if (!faulty.isEmpty()) {
            lines.add("time        a handover with a part killed took "
                    + Spent.mean(faulty.stream().map(Passage::spent).toList()));
        }
        if (!stopped.isEmpty()) {
            lines.add("stopped     " + stopped);
        }
        lines.add("violations  " + (violations.isEmpty() ? "none" : String.valueOf(violations.size())));
        violations.stream().limit(50).forEach(violation -> lines.add("  " + violation));
        return lines;
    }

    private static String counted(Map<String, Long> kinds) {
        return kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(kind -> String.format(Locale.ROOT, "%s: %,d", kind.getKey(), kind.getValue()))
                .collect(Collectors.joining(", "));
    }

    private long count(String outcome) {
        return faulty.stream()
                .filter(passage -> passage.outcome().equals(outcome))
                .count();
    }
}
