package dev.strangler.cutover.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run, recorded whole.
 *
 * @param writes all that clients tried, in any order
 * @param reads all that clients read, in any order
 * @param log the feature's topic from its beginning, each partition in its order
 * @param ends what each side holds in the end, by side and aggregate
 */
public record History(List<Write> writes, List<Read> reads, List<Logged> log, Map<String, Map<String, Held>> ends) {

    public History {
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
        log = List.copyOf(log);
        ends = Map.copyOf(ends);
    }

    /** The versions of one aggregate in the log, each once: of deliveries that repeat a version the first. */
    TreeMap<Long, Logged> versionsOf(String aggregate) {
        var versions = new TreeMap<Long, Logged>();
        log.stream()
                .filter(event -> event.aggregate().equals(aggregate))
                .forEach(event -> versions.putIfAbsent(event.version(), event));
        return versions;
    }

    /** The version with which each element of the log first appeared, by element. */
    Map<String, Long> appearances() {
        var appearances = new java.util.HashMap<String, Long>();
        log.forEach(
                event -> event.elements().forEach(element -> appearances.merge(element, event.version(), Math::min)));
        return appearances;
    }
}
