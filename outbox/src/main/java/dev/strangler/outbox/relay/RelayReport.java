package dev.strangler.outbox.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the relay of this application's outbox fares, as of the last look.
 *
 * @param at when that was
 * @param slot null when there is none
 * @param oldestUnrelayed age of the oldest event that Kafka has not acknowledged; zero when it has all
 * @param findings what is wrong; empty when all is well
 */
public record RelayReport(Instant at, @Nullable SlotState slot, Duration oldestUnrelayed, List<RelayFinding> findings) {

    public RelayReport {
        findings = List.copyOf(findings);
    }

    /** Whether events were, or may have been, skipped. */
    public boolean isUnsound() {
        return findings.stream().anyMatch(RelayFinding::isFatal);
    }
}
