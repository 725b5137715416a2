package dev.strangler.facade.console;

import dev.strangler.facade.audit.Audit;
import dev.strangler.facade.audit.Audit.Outcome;
import dev.strangler.facade.control.ControlProblems;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The one way by which anything is done in the console: who may, said twice where it must be, written down before and after. */
@Component
class Acting {

    private final Audit audit;
    private final ControlProblems problems;

    Acting(Audit audit, ControlProblems problems) {
        this.audit = audit;
        this.problems = problems;
    }

    /**
     * What is asked for.
     *
     * @param feature that it is about
     * @param line the same on the command line
     * @param confirmed the name that was typed, where it must be
     */
    record Asked(
            Operator operator,
            Act act,
            String feature,
            String line,
            @Nullable String confirmed) {}

    /** Not for this role. */
    static final class NotAllowed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotAllowed(Operator operator, Act act) {
            super("'%s' needs the role %s, and you are %s. Log in with another token, or ask somebody who has it."
                    .formatted(act.verb(), act.role().label(), operator.role().label()));
        }
    }

    /**
     * Does it, unless something speaks against it; that is told.
     *
     * @throws NotAllowed when the operator's role does not cover it; written down all the same
     */
    Said act(Asked asked, Supplier<Said> how) {
        try {
            if (!asked.operator().may(asked.act())) {
                var refused = new NotAllowed(asked.operator(), asked.act());
                write(asked, Outcome.REFUSED, String.valueOf(refused.getMessage()));
                throw refused;
            }
            if (asked.act().isDangerous() && !asked.feature().equals(asked.confirmed())) {
                var said = Said.not(
                        "Nothing was done.",
                        "'%s' is done only once the feature is named: type %s into the field beside the button."
                                .formatted(asked.act().verb(), asked.feature()));
                write(asked, Outcome.REFUSED, said.whole());
                return said;
            }
            write(asked, Outcome.ASKED, "");
        } catch (DataAccessException | TransactionException away) {
            return Said.not(
                    "Nothing was done.",
                    "It could not be written down, since the control database does not answer. Try again when it is back.");
        }
        return done(asked, how);
    }

    private Said done(Asked asked, Supplier<Said> how) {
        try {
            var said = how.get();
            audit.note(line(asked), said.isDone() ? Outcome.DONE : Outcome.REFUSED, said.whole());
            return said;
        } catch (RuntimeException failure) {
            var problem = problems.of(failure);
            var said = Said.not(problem.getTitle() + ".", String.valueOf(problem.getDetail()));
            audit.note(line(asked), problem.getStatus() < 500 ? Outcome.REFUSED : Outcome.FAILED, said.whole());
            return said;
        }
    }

    private void write(Asked asked, Outcome outcome, String said) {
        audit.write(line(asked), outcome, said);
    }

    private static Audit.Asked line(Asked asked) {
        return asked.operator().asks(asked.act(), asked.feature(), asked.line());
    }
}
