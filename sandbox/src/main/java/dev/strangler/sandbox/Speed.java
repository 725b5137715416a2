package dev.strangler.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the JVMs of the broker and of Connect are tuned for. */
public enum Speed {
    /** The optimising compiler stays off: ready after a third less CPU time, slower once warm. For tests. */
    QUICK(List.of("-XX:TieredStopAtLevel=1")),
    /** Full compilation: what a benchmark or a long-lived sandbox wants. */
    SUSTAINED(List.of());

    private static final String PROPERTY = "strangler.sandbox.speed";

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives a list that cannot change.
    private final List<String> options;

    Speed(List<String> options) {
        this.options = options;
    }

    List<String> options() {
        return options;
    }

    /** What tests run with: {@code -Dstrangler.sandbox.speed=sustained}, else {@link #QUICK}. */
    static Speed ofTests() {
        var said = System.getProperty(PROPERTY, QUICK.name());
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
