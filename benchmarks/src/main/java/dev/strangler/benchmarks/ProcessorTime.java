package dev.strangler.benchmarks;

import dev.strangler.sandbox.Part;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processor time that the parts of the sandbox and their children have used so far, by process. Less noisy than any rate: what others do on
 * the machine hardly shows in it.
 */
final class ProcessorTime {

    private final Map<String, Map<Long, Duration>> used = new LinkedHashMap<>();

    private ProcessorTime() {}

    /** Until now; processes that have ended are left out. */
    static ProcessorTime of(List<Part> parts) {
        var now = new ProcessorTime();
        for (var part : parts) {
            now.used.put(
                    part.name(),
                    ProcessHandle.of(part.pid()).stream()
                            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                            .collect(Collectors.toMap(ProcessHandle::pid, ProcessorTime::of)));
        }
        return now;
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Seconds that each part has used since then, for 100,000 events. */
    String since(ProcessorTime then, int events) {
        return used.keySet().stream()
                .map(part -> "%s %.1f".formatted(part, since(then, part).toMillis() * 100.0 / events))
                .collect(Collectors.joining(", "));
    }

    private Duration since(ProcessorTime then, String part) {
        var before = then.used.getOrDefault(part, Map.of());
        return used.getOrDefault(part, Map.of()).entrySet().stream()
                .map(process -> process.getValue().minus(before.getOrDefault(process.getKey(), Duration.ZERO)))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
