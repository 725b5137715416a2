package dev.strangler.architecture.laws;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the laws found, before any exception.
 *
 * @param findings all breaches
 */
public record Judgement(List<Finding> findings) {

    /** Copies its list. */
    public Judgement {
        findings = List.copyOf(findings);
    }

    /** The breaches of one law. */
    public List<Finding> of(Law law) {
        return findings.stream().filter(finding -> finding.law() == law).toList();
    }

    /**
     * Takes off what the exceptions excuse, one finding for each line.
     *
     * @param ceiling how many exceptions there are: raising it is a change that a reviewer sees, and a shorter list asks for a lower one
     */
    public Excused excusing(Exceptions exceptions, int ceiling) {
        return exceptions.excuse(findings, ceiling);
    }

    /**
     * Passes if there is no breach.
     *
     * @throws AssertionError with the message of each
     */
    public void check() {
        if (!findings.isEmpty()) {
            throw new AssertionError(findings.size() + " breaches of the laws of the single writer:\n"
                    + findings.stream().map(Finding::message).collect(Collectors.joining("\n")));
        }
    }
}
