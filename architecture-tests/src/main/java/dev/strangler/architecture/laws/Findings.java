package dev.strangler.architecture.laws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.zip.CRC32;

/** Collects breaches and gives each its identity. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    /**
     * @param identity what stays the same when code moves or is reworded: place, verb, table
     * @param by what does it; only a digest of it goes into the key
     */
    void add(Law law, String feature, String identity, String by, String message) {
        found.add(new Finding(law, feature, law + " " + identity + (by.isEmpty() ? "" : " ~" + digest(by)), message));
    }

    private static String digest(String text) {
        var sum = new CRC32();
        sum.update(text.strip().replaceAll("\\s+", " ").getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }

    /** Equal ones are numbered, so that one line of exception excuses one of them. */
    List<Finding> numbered() {
        var seen = new HashMap<String, Integer>();
        return found.stream()
                .map(finding -> {
                    int number = seen.merge(finding.key(), 1, Integer::sum);
                    var key = finding.key() + " #" + number;
                    return new Finding(
                            finding.law(),
                            finding.feature(),
                            key,
                            finding.message() + "\n    " + key + " | who | YYYY-MM-DD | why");
                })
                .toList();
    }
}
