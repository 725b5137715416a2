package dev.strangler.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The refusals of the bad uploads, to the letter: one line of {@code refusals.txt} each, name and answer. Both sides are
 * held to the same file, so that no client can tell them apart.
 *
 * <p>With {@code -Drefusals.record=FILE} what is answered is written there instead of being compared: whoever changes a
 * refusal records it on one side, looks at the difference, and lets the other side prove it.
 */
final class Refusals {

    private static final String RECORD = System.getProperty("refusals.record", "");

    private static final Map<String, String> ALL = read();

    private Refusals() {}

    /** What the upload of this name must be answered. */
    static String of(String name, String answered) {
        if (!RECORD.isEmpty()) {
            record(name + "\t" + answered + "\n");
            return answered;
        }
        return ALL.getOrDefault(name, "(nothing is recorded for it)");
    }

    private static void record(String line) {
        try {
            Files.writeString(Path.of(RECORD), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> read() {
        try (var file = Refusals.class.getResourceAsStream("refusals.txt")) {
            var text = file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> line[1]));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
