package dev.strangler.cutover.workflow;

import java.util.Locale;

/** A gate said no; nothing was changed. */
public final class PlanRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Plan plan;

    PlanRefused(Plan plan) {
        super("Cannot hand over '%s' (%s): %d of %d gates say no, and nothing was changed. %s"
                .formatted(
                        plan.operation().feature(),
                        plan.operation().direction().name().toLowerCase(Locale.ROOT),
                        plan.refusals().size(),
                        plan.gates().size(),
                        String.join(" ", plan.refusals())));
        this.plan = plan;
    }

    /** What was found, line by line. */
    public Plan plan() {
        return plan;
    }
}
