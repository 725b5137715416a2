package dev.strangler.outbox.relay;

import java.util.List;
import java.util.stream.Collectors;

/** Events were, or may have been, skipped by the relay. The message has every finding with its way out. */
public final class RelayUnsound extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<RelayFinding> findings;

    public RelayUnsound(List<RelayFinding> findings) {
        super(findings.stream().map(RelayFinding::message).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** What was found. */
    public List<RelayFinding> findings() {
        return findings;
    }
}
