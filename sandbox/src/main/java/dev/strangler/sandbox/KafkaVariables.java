package dev.strangler.sandbox;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Settings as the environment variables that images of the broker and of Connect read. */
final class KafkaVariables {

    private KafkaVariables() {}

    /** {@code log.dirs} behind {@code KAFKA_} becomes {@code KAFKA_LOG_DIRS}. */
    static Map<String, String> of(String prefix, Map<String, String> settings) {
        var variables = new TreeMap<String, String>();
        settings.forEach((name, value) -> variables.put(variable(prefix, name), value));
        return variables;
    }

    static String variable(String prefix, String name) {
        if (!name.matches("[a-z0-9.]+")) {
            throw new SandboxException(
                    "'%s' can't be said to an image: allowed are a-z, 0-9 and dots, since images differ in how they write others."
                            .formatted(name));
        }
        return prefix + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
