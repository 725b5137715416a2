package dev.strangler.architecture.laws;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left when exceptions have done their work.
 *
 * @param breaches findings that no exception excuses
 * @param mistakes what is wrong with the exceptions themselves
 * @param stale lines that excuse nothing any more
 * @param excused how many findings are excused
 * @param ceiling how many there may be
 */
public record Excused(List<Finding> breaches, List<String> mistakes, List<String> stale, int excused, int ceiling) {

    /** Copies its lists. */
    public Excused {
        breaches = List.copyOf(breaches);
        mistakes = List.copyOf(mistakes);
        stale = List.copyOf(stale);
    }

    /** The size of the list and where it stands to its ceiling, for the log of a build. */
    public String size() {
        return excused + " exceptions, at most " + ceiling
                + (excused < ceiling ? ": lower the ceiling to " + excused + "." : ".");
    }

    /**
     * Passes if nothing is left and the ceiling is as low as it can be, and prints the size either way: slack would let as many new breaches in.
     *
     * @throws AssertionError with every breach, mistake and stale line at once
     */
    public void check() {
        System.out.println("Laws of the single writer: " + size());
        var lines = new ArrayList<String>();
        breaches.forEach(finding -> lines.add(finding.message()));
        lines.addAll(mistakes);
        stale.forEach(line -> lines.add(
                "This exception matches nothing any more. Well done: delete the line, or let Exceptions.prune() do it.\n    "
                        + line));
        if (lines.isEmpty() && excused < ceiling) {
            lines.add(
                    "There are %d exceptions, and %d are allowed, so that %d new ones would pass. Well done: lower the ceiling to %d."
                            .formatted(excused, ceiling, ceiling - excused, excused));
        }
        if (!lines.isEmpty()) {
            throw new AssertionError(lines.size() + " breaches of the laws of the single writer (" + size() + ")\n"
                    + String.join("\n", lines));
        }
    }
}
