package dev.strangler.cutover.history;

import static dev.strangler.cutover.history.Write.Outcome.ACKNOWLEDGED;
import static dev.strangler.cutover.history.Write.Outcome.REFUSED;
import static dev.strangler.cutover.history.Write.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker is believed because it finds what was planted: a mutant for each way of losing, doubling, reordering and writing twice. */
class CheckingHistoryTest {

    private final long seed = Long.getLong("history.seed", System.nanoTime() & 0xffff);

    @RepeatedTest(20)
    void a_run_of_a_single_writer_has_no_violation() {
        var run = Run.of(seed);
        assertThat(CheckingHistory.check(run.history())).as("seed %d", seed).isEmpty();
        assertThat(run.writes).as("seed %d", seed).hasSizeGreaterThan(100);
    }

    @Test
    void deliveries_that_repeat_after_a_handover_are_no_violation() {
        var run = Run.of(seed);
        run.log.addAll(run.log.subList(0, 20));
        assertThat(CheckingHistory.check(run.history())).as("seed %d", seed).isEmpty();
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("an acknowledged write is missing in the log", Invariant.NOTHING_LOST, run -> {
                    var lost = run.someAcknowledged();
                    run.log.replaceAll(event -> run.without(event, lost.element()));
                }),
                mutant("an acknowledged write is missing on one side", Invariant.NOTHING_LOST, run -> {
                    var lost = run.someAcknowledged();
                    run.ends.get("dam").computeIfPresent(lost.aggregate(), (id, held) -> {
                        var elements = new TreeSet<>(held.elements());
                        elements.remove(lost.element());
                        return new Held(held.version(), elements);
                    });
                }),
                mutant("a later writer wiped out what an earlier one had added", Invariant.NOTHING_LOST, run -> {
                    var lost = run.someAcknowledged();
                    var last = run.newest(lost.aggregate());
                    run.log.set(run.log.indexOf(last), run.without(last, lost.element()));
                }),
                mutant("a retried write took effect twice", Invariant.EXACTLY_ONE_EFFECT, run -> {
                    var newest = run.newest(run.someAcknowledged().aggregate());
                    run.log.add(new Logged(
                            newest.aggregate(),
                            newest.version() + 1,
                            newest.epoch(),
                            newest.origin(),
                            newest.elements(),
                            newest.partition(),
                            newest.offset() + 1));
                }),
                mutant("a refused write took effect", Invariant.NOTHING_OUT_OF_NOWHERE, run -> {
                    var done = run.someAcknowledged();
                    run.writes.set(run.writes.indexOf(done), run.as(done, REFUSED));
                }),
                mutant(
                        "an element that nobody wrote",
                        Invariant.NOTHING_OUT_OF_NOWHERE,
                        run -> run.writes.remove(run.someAcknowledged())),
                mutant("two writes of one client came about the other way round", Invariant.NOTHING_REORDERED, run -> {
                    var first = run.writes.stream()
                            .filter(write -> write.outcome() == ACKNOWLEDGED)
                            .findFirst()
                            .orElseThrow();
                    var later = run.writes.stream()
                            .filter(write -> write.client().equals(first.client())
                                    && write.aggregate().equals(first.aggregate())
                                    && write.number() > first.number()
                                    && write.outcome() == ACKNOWLEDGED)
                            .findFirst()
                            .orElseThrow();
                    run.writes.set(
                            run.writes.indexOf(first),
                            new Write(
                                    later.number(),
                                    first.client(),
                                    first.aggregate(),
                                    first.element(),
                                    first.outcome(),
                                    first.version(),
                                    first.answeredBy()));
                    run.writes.set(
                            run.writes.indexOf(later),
                            new Write(
                                    first.number(),
                                    later.client(),
                                    later.aggregate(),
                                    later.element(),
                                    later.outcome(),
                                    later.version(),
                                    later.answeredBy()));
                }),
                mutant("the loser wrote once more under its old epoch", Invariant.SINGLE_WRITER, run -> {
                    var newest = run.newest(run.someAcknowledged().aggregate());
                    run.log.add(new Logged(
                            newest.aggregate(),
                            newest.version() + 1,
                            newest.epoch() - 1,
                            newest.epoch() % 2 == 0 ? "dam" : "monolith",
                            newest.elements(),
                            newest.partition(),
                            newest.offset() + 1));
                }),
                mutant("both wrote under one epoch", Invariant.SINGLE_WRITER, run -> {
                    var at = run.log.size() / 2;
                    var event = run.log.get(at);
                    run.log.set(
                            at,
                            new Logged(
                                    event.aggregate(),
                                    event.version(),
                                    event.epoch(),
                                    event.origin().equals("dam") ? "monolith" : "dam",
                                    event.elements(),
                                    event.partition(),
                                    event.offset()));
                }),
                mutant("two writers made the same version", Invariant.SINGLE_WRITER, run -> {
                    var newest = run.newest(run.someAcknowledged().aggregate());
                    var elements = new TreeSet<>(newest.elements());
                    elements.remove(elements.iterator().next());
                    run.log.add(new Logged(
                            newest.aggregate(),
                            newest.version(),
                            newest.epoch(),
                            newest.origin(),
                            elements,
                            newest.partition(),
                            newest.offset() + 1));
                }),
                mutant(
                        "a version is missing in the log",
                        Invariant.SINGLE_WRITER,
                        run -> run.log.removeIf(event -> event.aggregate().equals("a1") && event.version() == 3)),
                mutant("a client did not see what it had written", Invariant.READ_YOUR_WRITES, run -> {
                    var read = run.reads.stream()
                            .filter(one -> run.writes.stream()
                                    .anyMatch(write -> write.outcome() == ACKNOWLEDGED
                                            && write.client().equals(one.client())
                                            && write.aggregate().equals(one.aggregate())
                                            && write.number() < one.number()))
                            .findFirst()
                            .orElseThrow();
                    run.reads.set(
                            run.reads.indexOf(read),
                            new Read(read.number(), read.client(), read.aggregate(), 1, Set.of(), "monolith"));
                }),
                mutant(
                        "a side stopped short",
                        Invariant.SIDES_AGREE,
                        run -> run.ends
                                .get("monolith")
                                .computeIfPresent("a2", (id, held) -> new Held(held.version() - 1, held.elements()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void it_finds(String mutant, Invariant invariant, Consumer<Run> planting) {
        var run = Run.of(seed);
        planting.accept(run);
        assertThat(CheckingHistory.check(run.history()))
                .as("%s (seed %d)", mutant, seed)
                .extracting(Violation::invariant)
                .contains(invariant);
    }

    private static Arguments mutant(String name, Invariant invariant, Consumer<Run> planting) {
        return Arguments.of(name, invariant, planting);
    }

    /** A correct run with handovers, refusals and lost answers, drawn from a seed. */
    static final class Run {

        private final Random random;
        private final List<Write> writes = new ArrayList<>();
        private final List<Read> reads = new ArrayList<>();
        private final List<Logged> log = new ArrayList<>();
        private final Map<String, Map<String, Held>> ends = new HashMap<>();

        private Run(long seed) {
            random = new Random(seed);
        }

        static Run of(long seed) {
            var run = new Run(seed);
            run.play();
            return run;
        }

        History history() {
            return new History(writes, reads, log, ends);
        }

        private void play() {
            var elements = new HashMap<String, TreeSet<String>>();
            var versions = new HashMap<String, Long>();
            var epoch = 0L;
            for (var number = 1; number <= 300; number++) {
                if (number % 60 == 0) {
                    epoch++;
                }
                var owner = epoch % 2 == 0 ? "monolith" : "dam";
                var client = "c" + random.nextInt(4);
                var aggregate = "a" + random.nextInt(6);
                var element = "e" + number;
                if (random.nextInt(10) == 0) {
                    writes.add(new Write(number, client, aggregate, element, REFUSED, 0, owner));
                    continue;
                }
                var isLost = random.nextInt(20) == 0;
                if (!(isLost && random.nextBoolean())) {
                    var all = elements.computeIfAbsent(aggregate, id -> new TreeSet<>());
                    all.add(element);
                    var version = versions.merge(aggregate, 1L, Long::sum);
                    log.add(new Logged(aggregate, version, epoch, owner, all, aggregate.hashCode() & 1, log.size()));
                }
                var version = versions.getOrDefault(aggregate, 0L);
                writes.add(new Write(
                        number,
                        client,
                        aggregate,
                        element,
                        isLost ? UNKNOWN : ACKNOWLEDGED,
                        isLost ? 0 : version,
                        owner));
                if (random.nextInt(3) == 0 && elements.containsKey(aggregate)) {
                    reads.add(new Read(number + 1, client, aggregate, version, elements.get(aggregate), owner));
                }
            }
            for (var side : List.of("monolith", "dam")) {
                ends.put(
                        side,
                        elements.keySet().stream()
                                .collect(Collectors.toMap(
                                        id -> id, id -> new Held(versions.getOrDefault(id, 0L), elements.get(id)))));
            }
        }

        Write someAcknowledged() {
            var last = newestAggregate();
            return writes.stream()
                    .filter(write ->
                            write.outcome() == ACKNOWLEDGED && write.aggregate().equals(last))
                    .findFirst()
                    .orElseThrow();
        }

        private String newestAggregate() {
            return log.get(log.size() - 1).aggregate();
        }

        Logged newest(String aggregate) {
            return log.stream()
                    .filter(event -> event.aggregate().equals(aggregate))
                    .reduce((one, other) -> other)
                    .orElseThrow();
        }

        Logged without(Logged event, String element) {
            var elements = new TreeSet<>(event.elements());
            elements.remove(element);
            return new Logged(
                    event.aggregate(),
                    event.version(),
                    event.epoch(),
                    event.origin(),
                    elements,
                    event.partition(),
                    event.offset());
        }

        Write as(Write write, Write.Outcome outcome) {
            return new Write(
                    write.number(),
                    write.client(),
                    write.aggregate(),
                    write.element(),
                    outcome,
                    write.version(),
                    write.answeredBy());
        }
    }
}
