package dev.strangler.outbox.spring;

import dev.strangler.outbox.relay.RelayFinding;
import dev.strangler.outbox.relay.RelayUnsound;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the console, instead of a stack trace, why the application did not start and what to do. */
class RelayUnsoundFailureAnalyzer extends AbstractFailureAnalyzer<RelayUnsound> {

    @Override
    protected FailureAnalysis analyze(Throwable root, RelayUnsound cause) {
        var description = cause.findings().stream()
                .map(RelayFinding::message)
                .collect(Collectors.joining(
                        "\n", "Events of this application were, or may have been, skipped.\n\n", ""));
        return new FailureAnalysis(
                description,
                "Follow the way out above. To start all the same and mend it later, set strangler.outbox.relay.check=warn.",
                cause);
    }
}
