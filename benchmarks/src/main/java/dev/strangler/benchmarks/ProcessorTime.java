package dev.strangler.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Processor time that the parts of the sandbox have used so far. Less noisy than any rate: what others do on the machine hardly shows in
 * it.
 */
final class ProcessorTime {

    private final Map<Part, Duration> used = new EnumMap<>(Part.class);

    /** The kinds of processes, by what their command lines contain. */
    private enum Part {
        POSTGRES("postgres"),
        KAFKA("kafka.Kafka"),
        CONNECT("ConnectDistributed");

        private final String mark;

        Part(String mark) {
            this.mark = mark;
        }

        private boolean is(ProcessHandle process) {
            var said = process.info().commandLine().or(() -> process.info().command());
            return said.filter(line -> line.contains(mark)).isPresent();
        }
    }

    private ProcessorTime() {}

    /** Until now, for every process below this one that still runs. */
    static ProcessorTime now() {
        var now = new ProcessorTime();
        var counted = new HashSet<Long>();
        for (var part : new Part[] {Part.CONNECT, Part.KAFKA, Part.POSTGRES}) {
            now.used.put(part, of(part, counted));
        }
        return now;
    }

    private static Duration of(Part part, Set<Long> counted) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> part.is(process) && counted.add(process.pid()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Seconds that each part has used since then, for 100,000 events. */
    String since(ProcessorTime then, int events) {
        return used.entrySet().stream()
                .map(entry -> "%s %.1f"
                        .formatted(
                                entry.getKey().name().toLowerCase(Locale.ROOT),
                                entry.getValue()
                                                .minus(then.used.get(entry.getKey()))
                                                .toMillis()
                                        * 100.0
                                        / events))
                .collect(Collectors.joining(", "));
    }
}
