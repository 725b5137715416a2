package dev.strangler.cli.rehearse;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.cutover.workflow.StepName.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ending one part without warning while a handover stands before or after one step.
 *
 * @param victim the part
 * @param moment on which side of the step
 * @param step at which
 * @param direction of the handover, {@code forward} or {@code back}; null for whichever comes next
 */
record Kill(
        String victim,
        Moment moment,
        StepName step,
        @Nullable String direction) {

    private static final Pattern WRITTEN =
            Pattern.compile("([a-z][a-z0-9-]*)@(before|after)-([a-z-]+)(?::(forward|back))?");

    private static final Set<StepName> LAST = Set.of(StepName.REVERSE, StepName.GIVE_BACK);

    /** On which side of a step the handover stands still. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Whether the handover has to be taken back to come to that step. */
    boolean isOfTakingBack() {
        return step.region() == Region.TAKING_BACK;
    }

    boolean goes(String thatWay) {
        return direction == null || direction.equals(thatWay);
    }

    Kill going(String thatWay) {
        return new Kill(victim, moment, step, thatWay);
    }

    /** As {@code dam@after-open}. */
    @Override
    public String toString() {
        return "%s@%s-%s".formatted(victim, moment.name().toLowerCase(Locale.ROOT), step.label());
    }

    /**
     * Reads what {@link #toString} writes, perhaps followed by {@code :forward} or {@code :back}.
     *
     * @throws CommandFailure USAGE for anything else, with what is known
     */
    static Kill parse(String written, List<String> victims) {
        var matcher = WRITTEN.matcher(written);
        if (matcher.matches() && victims.contains(matcher.group(1))) {
            for (var step : StepName.values()) {
                if (step.label().equals(matcher.group(3))) {
                    return new Kill(
                            matcher.group(1),
                            Moment.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                            step,
                            matcher.group(4));
                }
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "'%s' is no kill. Write PART@before-STEP or PART@after-STEP, and :forward or :back behind it if it matters, with a part of %s and a step of %s."
                        .formatted(
                                written,
                                String.join(", ", victims),
                                Arrays.stream(StepName.values())
                                        .map(StepName::label)
                                        .collect(Collectors.joining(", "))));
    }

    /**
     * Every part before and after every step, in the order of the steps. For a part that has nothing to do with the journal the moment after
     * a step is the moment before the next, so it is ended there, and after the last.
     */
    static List<Kill> all(List<String> victims) {
        var kills = new ArrayList<Kill>();
        for (var step : StepName.values()) {
            for (var moment : Moment.values()) {
                for (var victim : victims) {
                    if (moment == Moment.BEFORE || isOfTheJournal(victim) || LAST.contains(step)) {
                        kills.add(new Kill(victim, moment, step, null));
                    }
                }
            }
        }
        return kills;
    }

    /** These keep the journal or are led by it, so for them alone a step's end differs from the beginning of the next. */
    private static boolean isOfTheJournal(String victim) {
        return victim.equals("facade") || victim.startsWith("postgres");
    }

    /** Each of them on the way there and on the way back. */
    static List<Kill> bothWays(List<Kill> kills) {
        return kills.stream()
                .flatMap(kill -> List.of(kill.going("forward"), kill.going("back")).stream())
                .toList();
    }

    /** So many of them, drawn from the seed. */
    static List<Kill> some(List<Kill> all, int number, long seed) {
        var drawn = new ArrayList<>(all);
        Collections.shuffle(drawn, new Random(seed));
        return List.copyOf(drawn.subList(0, Math.min(number, drawn.size())));
    }
}
