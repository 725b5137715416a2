package dev.strangler.architecture.laws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Breaches that are known and must go: one file for each feature, {@code FEATURE.txt}, one line for each finding, sorted:
 * {@code key | who answers for it | until when | why}. Nothing outside these files excuses anything, and nothing writes a line into them.
 */
public final class Exceptions {

    private static final int PARTS = 4;

    private final Path directory;
    private final Clock clock;

    private Exceptions(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * The exceptions in a directory; none if it is not there.
     *
     * @param clock by whose day lines expire
     */
    public static Exceptions in(Path directory, Clock clock) {
        return new Exceptions(directory, clock);
    }

    Excused excuse(List<Finding> findings, int ceiling) {
        var mistakes = new ArrayList<String>();
        var byKey = new HashMap<String, Line>();
        var keys = findings.stream().map(Finding::key).collect(Collectors.toSet());
        for (var line : lines(keys, mistakes)) {
            if (byKey.putIfAbsent(line.file + " " + line.key, line) != null) {
                mistakes.add(line.file + ".txt: the key '" + line.key + "' is there twice. Remove one.");
            }
        }
        var breaches = new ArrayList<Finding>();
        var used = new HashSet<Line>();
        for (var finding : findings) {
            var line = byKey.get(finding.feature() + " " + finding.key());
            if (line == null) {
                breaches.add(finding);
            } else {
                used.add(line);
            }
        }
        var stale = byKey.values().stream()
                .filter(line -> !used.contains(line))
                .map(line -> line.file + ".txt: " + line.text)
                .sorted()
                .toList();
        if (used.size() > ceiling) {
            mistakes.add("There are %d exceptions, at most %d were allowed. Mend one before excusing another."
                    .formatted(used.size(), ceiling));
        }
        return new Excused(breaches, mistakes, stale, used.size(), ceiling);
    }

    /**
     * Takes out the lines that no finding needs any more, and nothing else.
     *
     * @return the lines taken out
     */
    public List<String> prune(Judgement judgement) {
        var needed = judgement.findings().stream()
                .map(finding -> finding.feature() + " " + finding.key())
                .collect(Collectors.toSet());
        var gone = new ArrayList<String>();
        files().forEach((name, file) -> {
            var kept = new ArrayList<String>();
            for (var text : read(file)) {
                boolean isLine = !text.isBlank() && !text.startsWith("#");
                if (isLine && !needed.contains(name + " " + text.split("\\|", 2)[0].strip())) {
                    gone.add(name + ".txt: " + text);
                } else {
                    kept.add(text);
                }
            }
            write(file, kept);
        });
        return gone;
    }

    private List<Line> lines(Set<String> keys, List<String> mistakes) {
        var lines = new ArrayList<Line>();
        files().forEach((name, file) -> {
            var before = "";
            for (var text : read(file)) {
                if (text.isBlank() || text.startsWith("#")) {
                    continue;
                }
                var parts = List.of(text.split("\\|", PARTS)).stream()
                        .map(String::strip)
                        .toList();
                var mistake = mistake(parts, keys);
                if (mistake.isEmpty() && text.compareTo(before) < 0) {
                    mistake =
                            "it stands before a smaller one. Keep the lines sorted, so that two branches meet in one place";
                }
                if (!mistake.isEmpty()) {
                    mistakes.add("%s.txt: %s.\n    %s".formatted(name, mistake, text));
                }
                lines.add(new Line(name, parts.get(0), text));
                before = text;
            }
        });
        return lines;
    }

    /** Empty if the line is right. */
    private String mistake(List<String> parts, Set<String> keys) {
        if (parts.size() < PARTS || parts.stream().anyMatch(String::isEmpty)) {
            return "a line is: key | who answers for it | until when (YYYY-MM-DD) | why";
        }
        if (parts.get(0).contains("*") && !keys.contains(parts.get(0))) {
            return "an exception names one finding, '*' would let new ones in";
        }
        if (parts.get(1).equals("who") || parts.get(3).equals("why")) {
            return "say who answers for it, and why";
        }
        try {
            var until = LocalDate.parse(parts.get(2));
            return until.isBefore(LocalDate.now(clock))
                    ? "it ended on " + until + ". Mend what it excuses, or decide anew"
                    : "";
        } catch (DateTimeParseException noDate) {
            return "'" + parts.get(2) + "' is no day. Write it as YYYY-MM-DD";
        }
    }

    private Map<String, Path> files() {
        var files = new TreeMap<String, Path>();
        if (Files.isDirectory(directory)) {
            try (var all = Files.list(directory)) {
                all.filter(file -> file.toString().endsWith(".txt"))
                        .forEach(file -> files.put(file.getFileName().toString().replaceFirst("\\.txt$", ""), file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("Can't list the exceptions in " + directory, unreadable);
            }
        }
        return files;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read the exceptions in " + file, unreadable);
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            if (!Files.readAllLines(file).equals(lines)) {
                Files.write(file, lines);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Can't write the exceptions in " + file, unwritable);
        }
    }

    private record Line(String file, String key, String text) {}
}
