package dev.strangler.facade.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done in the console, by whom, and whether it must be said twice. */
enum Act {
    /** Examines what would endanger a cutover. */
    PREPARE(Role.OPERATOR, false, "prepare %s"),
    /** Removes foreign keys between features from the monolith's database. */
    REMOVE_KEYS(Role.SWITCHER, true, "prepare %s --remove-keys"),
    /** Says everything that is there as events. */
    BACKFILL(Role.OPERATOR, false, "backfill %s"),
    /** Compares both sides. */
    VERIFY(Role.OPERATOR, false, "verify %s"),
    /** Compares both sides and puts right what differs. */
    REPAIR_ROWS(Role.SWITCHER, true, "verify %s --repair"),
    /** Sends a share of reads to the service too, to compare the answers. */
    SHADOW(Role.OPERATOR, false, "shadow %s --percent %s"),
    /** Lets the service answer a share of the clients. */
    READS(Role.SWITCHER, false, "reads %s --service %s"),
    /** Asks every gate of a cutover. */
    PLAN(Role.OPERATOR, false, "plan %s"),
    /** Asks every gate of the way back. */
    PLAN_BACK(Role.OPERATOR, false, "plan %s --back"),
    /** Hands the writes to the service. */
    CUTOVER(Role.SWITCHER, true, "cutover %s"),
    /** Hands the writes back to the monolith. */
    BACK(Role.SWITCHER, true, "back %s"),
    /** Takes a handover back: whoever sees that something is wrong may stop it. */
    ABORT(Role.OPERATOR, false, "abort %s"),
    /** Takes a handover back without the word of the target's database, of which the operator vouches that it does not run. */
    ABORT_TARGET_DOWN(Role.SWITCHER, true, "abort %s --target-is-down"),
    /** Goes on with a handover that was left behind. */
    RESUME(Role.SWITCHER, true, "resume %s"),
    /** Does what doctor proposes. */
    REPAIR(Role.SWITCHER, true, "repair %s"),
    /** Ends the way back for good. */
    SEAL(Role.SWITCHER, true, "seal %s --confirm %1$s"),
    /** Tries a parked record again. */
    RETRY(Role.OPERATOR, false, "parked retry %s %s %s"),
    /** Gives a parked record up. */
    SKIP(Role.SWITCHER, true, "parked skip %s %s %s"),
    /** Somebody came in, or did not. */
    LOG_IN(Role.VIEWER, false, ""),
    /** A form that no page of the console has made. */
    FORGED(Role.VIEWER, false, "");

    private final Role role;
    private final boolean isDangerous;
    private final String line;

    Act(Role role, boolean isDangerous, String line) {
        this.role = role;
        this.isDangerous = isDangerous;
        this.line = line;
    }

    public Role role() {
        return role;
    }

    /** Whether the feature must be named once more. */
    public boolean isDangerous() {
        return isDangerous;
    }

    /** Whether a page asks for it; the others only happen. */
    boolean isAskedFor() {
        return !line.isEmpty();
    }

    /** The same on the command line; each argument stays one word there. */
    public String line(Object... arguments) {
        return "./strangler " + line.formatted(Shell.words(arguments));
    }

    /** As it stands in paths. */
    public String verb() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Act> of(String verb) {
        return Arrays.stream(values()).filter(act -> act.verb().equals(verb)).findFirst();
    }
}
