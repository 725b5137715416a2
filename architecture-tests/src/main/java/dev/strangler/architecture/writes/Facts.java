package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.sql.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what the detectors find; each call of {@link #together} counts equal finds once. */
final class Facts {

    private final List<Write> writes = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Set<Object> current = new LinkedHashSet<>();
    private final Set<Publication> publications = new LinkedHashSet<>();
    private final Set<SqlText> statements = new LinkedHashSet<>();
    private final Map<Channel, Integer> matched = new EnumMap<>(Channel.class);

    /** What one call, text or mapping comes to: several readings of it that agree are one find. */
    void together(Runnable finding) {
        current.clear();
        finding.run();
        current.forEach(fact -> {
            if (fact instanceof Write write) {
                writes.add(write);
            } else if (fact instanceof Unreadable doubt) {
                unreadable.add(doubt);
            }
        });
        current.clear();
    }

    /** A place that a detector has looked at, whatever came of it: floors are set on these. */
    void match(Channel channel) {
        matched.merge(channel, 1, Integer::sum);
    }

    void write(Place place, Verb verb, String table, Channel channel, String by, boolean isCertain) {
        current.add(new Write(place, verb, table, channel, by, isCertain, false));
    }

    void implied(Place place, Verb verb, String table, String by) {
        current.add(new Write(place, verb, table, Channel.CASCADE, by, true, true));
    }

    void sql(Place place, SqlWrite written, Channel channel, String by) {
        var write = written.normalized();
        var actual = write.cause().startsWith("references ")
                ? Channel.FOREIGN_KEY
                : write.cause().startsWith("inside function") || write.cause().startsWith("inside rule")
                        ? Channel.DATABASE_CODE
                        : channel;
        write(place, write.verb(), write.table(), actual, write.cause().isEmpty() ? by : write.cause(), true);
    }

    void unreadable(Place place, Channel channel, String by, String reason) {
        current.add(new Unreadable(place, channel, by, reason));
    }

    /** A text that could be read as a whole, and is kept for asking a database about. */
    void statement(Place place, String text, boolean isScript) {
        statements.add(new SqlText(place, text, isScript));
    }

    void publication(Place place, Publication.Kind kind, String name) {
        publications.add(new Publication(place, kind, name));
    }

    List<Publication> publications() {
        return publications.stream()
                .sorted(Comparator.comparing(
                                (Publication publication) -> publication.place().key())
                        .thenComparing(Publication::name))
                .toList();
    }

    List<SqlText> statements() {
        return statements.stream()
                .sorted(Comparator.comparing(
                                (SqlText statement) -> statement.place().key())
                        .thenComparing(SqlText::text))
                .toList();
    }

    /** In an order that does not depend on the run. */
    List<Write> writes() {
        return writes.stream()
                .sorted(Comparator.comparing((Write write) -> write.place().key())
                        .thenComparing(write -> write.place().line())
                        .thenComparing(Write::table)
                        .thenComparing(Write::verb)
                        .thenComparing(Write::channel)
                        .thenComparing(Write::by))
                .toList();
    }

    List<Unreadable> unreadable() {
        return unreadable.stream()
                .sorted(Comparator.comparing((Unreadable doubt) -> doubt.place().key())
                        .thenComparing(doubt -> doubt.place().line())
                        .thenComparing(Unreadable::by))
                .collect(Collectors.toUnmodifiableList());
    }

    Map<Channel, Integer> matched() {
        return Map.copyOf(matched);
    }
}
