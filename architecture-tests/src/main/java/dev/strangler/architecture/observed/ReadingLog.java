package dev.strangler.architecture.observed;

import dev.strangler.architecture.observed.ObservedWrite.Teller;
import dev.strangler.architecture.sql.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what PostgreSQL's {@code test_decoding} prints: changes, and behind those of each statement who made them. */
final class ReadingLog {

    static final String PREFIX = "strangler.author";

    private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|[^\".,: ]+)";
    private static final String QUALIFIED = NAME + "\\." + NAME;
    private static final Pattern CHANGE = Pattern.compile(
            "table (" + QUALIFIED + "(?:, " + QUALIFIED + ")*): (INSERT|UPDATE|DELETE|TRUNCATE):.*", Pattern.DOTALL);
    private static final Pattern MESSAGE = Pattern.compile(
            "message: transactional: 1 prefix: " + Pattern.quote(PREFIX) + ", sz: \\d+ content:(.*)", Pattern.DOTALL);
    private static final int PARTS = 5;

    private record Kind(String table, Verb verb, @Nullable Teller teller) {}

    private final Map<Kind, Long> rows = new HashMap<>();
    /** Of the current transaction: changes that nobody has told of yet. */
    private final Map<Kind, Long> pending = new HashMap<>();
    /** Who told of a table in this transaction, for changes that come as another verb than the statement's. */
    private final Map<String, Teller> told = new HashMap<>();

    void line(String line, Map<String, String> roots) {
        var change = CHANGE.matcher(line);
        var message = MESSAGE.matcher(line);
        if (line.startsWith("BEGIN") || line.startsWith("COMMIT")) {
            end();
        } else if (change.matches()) {
            for (var table : change.group(1).split(", ")) {
                var root = roots.getOrDefault(table, table);
                if (!Observing.isOwn(root)) {
                    pending.merge(new Kind(root, Verb.valueOf(change.group(2)), null), 1L, Long::sum);
                }
            }
        } else if (message.matches()) {
            told(message.group(1), roots);
        } else if (line.startsWith("table ")) {
            throw new IllegalStateException(
                    "A change in the write-ahead log can't be read, so it would count as none: %s. Report it with this line."
                            .formatted(line.substring(0, Math.min(line.length(), 200))));
        }
    }

    private void told(String content, Map<String, String> roots) {
        var parts = content.split("\t", PARTS);
        if (parts.length == PARTS) {
            var table = roots.getOrDefault(parts[0], parts[0]);
            var teller = new Teller(parts[1], parts[2], parts[3], parts[4]);
            told.put(table, teller);
            take(table, teller);
        }
    }

    private void take(String table, Teller teller) {
        for (var change : Map.copyOf(pending).entrySet()) {
            if (change.getKey().table.equals(table)) {
                rows.merge(new Kind(table, change.getKey().verb, teller), change.getValue(), Long::sum);
                pending.remove(change.getKey());
            }
        }
    }

    /** A deferred action of a key may change a table after its statement's trigger has told: it is the same transaction's. */
    private void end() {
        told.forEach(this::take);
        pending.forEach((kind, count) -> rows.merge(kind, count, Long::sum));
        pending.clear();
        told.clear();
    }

    List<ObservedWrite> writes() {
        var writes = new ArrayList<ObservedWrite>();
        rows.forEach((kind, count) -> writes.add(new ObservedWrite(plain(kind.table), kind.verb, kind.teller, count)));
        writes.sort(Comparator.comparing(ObservedWrite::table)
                .thenComparing(ObservedWrite::verb)
                .thenComparing(write -> String.valueOf(write.teller())));
        return writes;
    }

    private static String plain(String quoted) {
        var name = quoted.replace("\"", "");
        return name.startsWith("public.") ? name.substring("public.".length()) : name;
    }
}
