package dev.strangler.facade.shadow;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Shadows.Sample;
import dev.strangler.cutover.Side;
import dev.strangler.facade.shadow.Asking.NoAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Compares one read: the control is asked, the candidate, and the control again. What differs between the control's two answers is
 * noise. What differs only for a moment is a change under way, so a difference counts once it is there each time.
 */
final class Comparing {

    private final FeatureMap map;
    private final Asking asking;
    private final Noise noise;
    private final List<Duration> pauses;
    private final Clock clock;

    /** Fields that are known to differ for no reason that matters. */
    interface Noise {

        /** Whether differences of that field count for nothing. */
        boolean isNoise(String feature, String field);
    }

    /** @param pauses before each further attempt, while there are differences */
    Comparing(FeatureMap map, Asking asking, Noise noise, List<Duration> pauses, Clock clock) {
        this.map = map;
        this.asking = asking;
        this.noise = noise;
        this.pauses = List.copyOf(pauses);
        this.clock = clock;
    }

    /** How a read came out. */
    enum Outcome {
        EQUAL,
        LATE,
        DIFFERED,
        FAILED
    }

    /**
     * What came of it.
     *
     * @param differences one per field that stayed different
     */
    record Compared(Outcome outcome, List<Sample> differences) {

        Compared {
            differences = List.copyOf(differences);
        }
    }

    private record Attempt(Answer control, Answer candidate, Set<String> fields) {}

    Compared compare(ShadowedRead read) throws InterruptedException {
        var control = map.deployable(read.feature(), Side.MONOLITH);
        var candidate = map.deployable(read.feature(), Side.SERVICE);
        try {
            var attempt = attempt(control, candidate, read);
            if (attempt.fields().isEmpty()) {
                return new Compared(Outcome.EQUAL, List.of());
            }
            for (var pause : pauses) {
                Thread.sleep(pause.toMillis());
                var again = attempt(control, candidate, read);
                again.fields().retainAll(attempt.fields());
                if (again.fields().isEmpty()) {
                    return new Compared(Outcome.LATE, List.of());
                }
                attempt = again;
            }
            return new Compared(Outcome.DIFFERED, samples(read, attempt));
        } catch (NoAnswer silent) {
            return new Compared(Outcome.FAILED, List.of());
        }
    }

    private Attempt attempt(Deployable control, Deployable candidate, ShadowedRead read)
            throws NoAnswer, InterruptedException {
        var first = asking.ask(control, read);
        var judged = ofCandidate(candidate, read);
        var second = asking.ask(control, read);
        var fields = first.differencesTo(judged);
        fields.retainAll(second.differencesTo(judged));
        fields.removeAll(first.differencesTo(second));
        fields.removeIf(field -> noise.isNoise(read.feature().name().value(), field));
        return new Attempt(second, judged, fields);
    }

    /** A candidate that does not answer differs from a control that does. */
    private Answer ofCandidate(Deployable candidate, ShadowedRead read) throws InterruptedException {
        try {
            return asking.ask(candidate, read);
        } catch (NoAnswer silent) {
            return ReadingAnswers.none(String.valueOf(silent.getMessage()));
        }
    }

    private List<Sample> samples(ShadowedRead read, Attempt attempt) {
        var now = clock.instant();
        var samples = new ArrayList<Sample>();
        for (var field : attempt.fields()) {
            samples.add(new Sample(
                    field,
                    "GET " + read.target(),
                    attempt.control().apartFrom(attempt.candidate(), field),
                    attempt.candidate().apartFrom(attempt.control(), field),
                    now));
        }
        return samples;
    }
}
