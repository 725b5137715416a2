package dev.strangler.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the JVMs of the broker and of Connect are tuned for. */
public enum Speed {
    /** The optimising compiler stays off: ready after a third less CPU time, slower once warm. For tests. */
    QUICK(List.of("-XX:TieredStopAtLevel=1"), List.of("-Xmx512m")),
    /** Full compilation, and a young generation in which a batch dies before it is copied: what a benchmark or a long-lived sandbox wants. */
    SUSTAINED(List.of(), List.of("-Xmx1g", "-Xmn600m"));

    private static final String PROPERTY = "strangler.sandbox.speed";

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives a list that cannot change.
    private final List<String> options;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> memoryOfConnect;

    Speed(List<String> options, List<String> memoryOfConnect) {
        this.options = options;
        this.memoryOfConnect = memoryOfConnect;
    }

    List<String> options() {
        return options;
    }

    List<String> memoryOfConnect() {
        return memoryOfConnect;
    }

    /** As {@code -Dstrangler.sandbox.speed=quick} or {@code sustained} says, else the usual one. */
    static Speed saidOr(Speed usual) {
        var said = System.getProperty(PROPERTY, usual.name());
        return Arrays.stream(values())
                .filter(speed -> speed.name().equalsIgnoreCase(said))
                .findFirst()
                .orElseThrow(() -> new SandboxException("-D%s=%s is not understood. Allowed are %s."
                        .formatted(
                                PROPERTY,
                                said,
                                Arrays.stream(values())
                                        .map(speed -> speed.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")))));
    }
}
