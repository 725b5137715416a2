package dev.strangler.outbox.relay;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads from the trace of a failed task whether a restart could help. Only failures that a restart surely repeats, or by which it
 * would skip events, are named here; everything else is worth another attempt.
 */
final class FailureDiagnosis {

    private static final List<Known> KNOWN = List.of(
            known(
                    "replication slot \"[^\"]*\" does not exist|slot .* (is missing|doesn't exist|does not exist)",
                    "The replication slot is gone. Run RelayRecovery (docs/runbooks/the-relay-is-behind.md): it makes the slot anew and appends again what was not relayed."),
            known(
                    "can no longer access replication slot|can no longer get changes from replication slot|has been invalidated|requested WAL segment .* has already been removed",
                    "The server has thrown away log that the slot needed. Drop the slot, then run RelayRecovery (docs/runbooks/the-relay-is-behind.md)."),
            known(
                    "offset.mismatch.strategy|is (before|ahead of|behind) (the )?replication slot|no longer available on the server",
                    "The connector's offset and the slot do not fit, so events between them would be skipped. Run RelayRecovery (docs/runbooks/the-relay-is-behind.md)."),
            known(
                    "RecordTooLargeException",
                    "A record is larger than the relay or the topic takes. Raise producer.override.max.request.size and max.message.bytes, or let outbox.max-payload-bytes stay at its default."),
            known(
                    "publication \"[^\"]*\" does not exist",
                    "The publication is missing. Let the kit's schema migration run on this database, then restart the connector."),
            known(
                    "password authentication failed|no password was provided|must be (superuser or )?replication role|permission denied to (start WAL sender|use replication slots)",
                    "The relay role cannot log in or may not replicate. Correct its password or rights; the connector is restarted when its configuration changes."));

    private FailureDiagnosis() {}

    /** What a person must do; empty when a restart may help. */
    static Optional<String> wayOut(String trace) {
        return KNOWN.stream()
                .filter(known -> known.symptom.matcher(trace).find())
                .map(Known::wayOut)
                .findFirst();
    }

    private static Known known(String symptom, String wayOut) {
        return new Known(Pattern.compile(symptom, Pattern.CASE_INSENSITIVE), wayOut);
    }

    private record Known(Pattern symptom, String wayOut) {}
}
