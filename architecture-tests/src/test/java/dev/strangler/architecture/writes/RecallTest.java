package dev.strangler.architecture.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.code.Annotations;
import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.flow.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The detectors against samples whose truth is written beside them: what is found, what is missed, what is found wrongly. */
class RecallTest {

    private static final String CORPUS = "dev.strangler.architecture.fixtures.corpus";

    private static final Pattern SAMPLE = Pattern.compile("Sample:([A-Za-z_, ]*)");

    private static Writes writes;
    private static List<Truth> samples;

    @BeforeAll
    static void read() {
        var code = CodeBase.ofPackages(CORPUS + ".assets", CORPUS + ".products");
        writes = Writes.of(code);
        samples = samples(code);
    }

    @Test
    void every_decidable_write_is_found_and_nothing_else() {
        assertThat(samples).hasSizeGreaterThanOrEqualTo(200);
        var wrong = samples.stream()
                .filter(sample -> !sample.writes.equals(found(sample)))
                .map(sample -> sample.key + ": writes " + sample.writes + ", found " + found(sample))
                .toList();
        int decidable =
                samples.stream().mapToInt(sample -> sample.writes.size()).sum();
        System.out.printf(
                "Recall: %d samples, %d with writes (%d writes), %d undecidable, %d that only read; %d wrong.%n",
                samples.size(),
                samples.stream().filter(sample -> !sample.writes.isEmpty()).count(),
                decidable,
                samples.stream().filter(Truth::unreadable).count(),
                samples.stream()
                        .filter(sample -> sample.writes.isEmpty() && !sample.unreadable)
                        .count(),
                wrong.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_undecidable_one_is_reported_as_unreadable_and_no_other() {
        var wrong = samples.stream()
                .filter(sample -> sample.unreadable != isReported(sample))
                .map(sample -> sample.key + ": unreadable " + sample.unreadable + ", reported " + isReported(sample))
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_detector_has_looked_at_something() {
        for (var channel : Channel.values()) {
            if (!Set.of(Channel.FOREIGN_KEY, Channel.DATABASE_CODE).contains(channel)) {
                assertThat(writes.matched(channel)).as(channel.name()).isPositive();
            }
        }
    }

    private static Set<String> found(Truth sample) {
        var found = writes.writes().stream()
                .filter(write -> !write.isImplied() && write.place().key().equals(sample.key))
                .map(write -> write.verb() + " " + write.table())
                .collect(Collectors.toCollection(TreeSet::new));
        writes.publications().stream()
                .filter(publication -> publication.place().key().equals(sample.key))
                .forEach(publication -> found.add(publication.kind() + " " + publication.name()));
        return found;
    }

    private static boolean isReported(Truth sample) {
        return writes.unreadable().stream()
                .anyMatch(doubt -> doubt.place().key().equals(sample.key));
    }

    private static List<Truth> samples(CodeBase code) {
        var samples = new ArrayList<Truth>();
        code.resources().forEach((path, bytes) -> add(samples, path, new String(bytes, StandardCharsets.UTF_8)));
        for (var type : code.classes()) {
            type.methods().forEach(method -> add(samples, type, method.name, CodeClass.annotations(method)));
            type.fields().forEach(field -> add(samples, type, field.name, CodeClass.annotations(field)));
        }
        return samples;
    }

    /** The truth of a script stands in it. */
    private static void add(List<Truth> samples, String path, String text) {
        var said = SAMPLE.matcher(text);
        if (said.find()) {
            var writes = new TreeSet<>(List.of(said.group(1).strip().split(",\\s*", -1)));
            writes.remove("");
            boolean isUnreadable = writes.remove("unreadable");
            samples.add(new Truth(Place.in(path).key(), writes, isUnreadable));
        }
    }

    private static void add(List<Truth> samples, CodeClass type, String member, Annotations annotations) {
        annotations
                .find("corpus/Sample")
                .ifPresent(sample -> samples.add(new Truth(
                        type.javaName() + "." + member,
                        new TreeSet<>(sample.texts("writes")),
                        sample.isTrue("unreadable"))));
    }

    private record Truth(String key, Set<String> writes, boolean unreadable) {}
}
