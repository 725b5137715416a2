package dev.strangler.cutover.workflow;

/**
 * One line of the preflight: something that must hold before writes are handed over.
 *
 * @param step the step that would fail without it
 * @param name how operators call it; unique within a plan
 * @param value what was found
 * @param limit what is allowed
 * @param verdict what follows
 * @param wayOut what to do when it does not hold; empty when it does
 */
public record Gate(StepName step, String name, String value, String limit, Verdict verdict, String wayOut) {

    /** What a gate says. */
    public enum Verdict {
        /** Holds. */
        PASSED,
        /** Does not hold, and an operator may pass nevertheless, by name; the journal keeps it. */
        REFUSED,
        /** Does not hold, and passing would endanger the data. Nobody may. */
        FORBIDDEN,
        /** Could not be found out, which counts as refused. */
        UNKNOWN,
        /** Does not hold or is not known, and an operator passes nevertheless. */
        WAIVED,
        /** Does not hold, which keeps nobody from going on; good advice. */
        ADVISED
    }

    static Gate of(StepName step, String name, boolean holds, Object value, String limit, String wayOut) {
        return new Gate(
                step, name, value.toString(), limit, holds ? Verdict.PASSED : Verdict.REFUSED, holds ? "" : wayOut);
    }

    /** A gate before the first step that nobody may pass nevertheless. */
    public static Gate strict(String name, boolean holds, String value, String limit, String wayOut) {
        return of(StepName.CHECK_BEFORE, name, holds, value, limit, wayOut).strict();
    }

    /** The same, but nobody may pass it nevertheless. */
    Gate strict() {
        return verdict == Verdict.REFUSED ? new Gate(step, name, value, limit, Verdict.FORBIDDEN, wayOut) : this;
    }

    static Gate unknown(StepName step, String name, RuntimeException reason, String limit) {
        var said = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        return new Gate(
                step,
                name,
                "unknown: " + said.lines().findFirst().orElse(said),
                limit,
                Verdict.UNKNOWN,
                "Make it answer, then plan again.");
    }

    /** Whether the operation may go on as far as this is concerned. */
    public boolean isOpen() {
        return verdict == Verdict.PASSED || verdict == Verdict.WAIVED || verdict == Verdict.ADVISED;
    }

    /** The same, but nobody is kept from passing. */
    Gate advised() {
        return verdict == Verdict.REFUSED ? new Gate(step, name, value, limit, Verdict.ADVISED, wayOut) : this;
    }

    Gate waived() {
        return verdict == Verdict.REFUSED || verdict == Verdict.UNKNOWN
                ? new Gate(step, name, value, limit, Verdict.WAIVED, wayOut)
                : this;
    }

    /** Fact, limit, way out, in one line. */
    public String sentence() {
        return "%s: %s, required %s. %s".formatted(name, value, limit, wayOut).strip();
    }
}
