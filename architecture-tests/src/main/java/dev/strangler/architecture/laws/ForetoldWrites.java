package dev.strangler.architecture.laws;

import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.sql.Verb;
import dev.strangler.architecture.writes.Channel;
import dev.strangler.architecture.writes.Write;
import dev.strangler.architecture.writes.Writes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What rows each feature's code was read to change: by feature, as {@code VERB table}. */
final class ForetoldWrites {

    private static final Pattern OR_UPDATE = Pattern.compile("(?is).*\\bdo\\s+update\\b.*");

    private ForetoldWrites() {}

    static Map<String, Set<String>> of(Writes writes, Owners owners) {
        var foretold = new TreeMap<String, Set<String>>();
        for (var write : writes.writes()) {
            var feature = featureOf(write.place(), owners);
            if (feature != null) {
                var all = foretold.computeIfAbsent(feature, unknown -> new TreeSet<>());
                verbs(write).forEach(verb -> all.add(verb + " " + write.table()));
            }
        }
        inserting(writes, owners, foretold);
        return foretold;
    }

    /** Where a service has one feature, all of its code is that feature's; null for scripts, which have run before. */
    private static @Nullable String featureOf(Place place, Owners owners) {
        var packageName = place.packageName();
        if (packageName == null) {
            return null;
        }
        var feature = owners.ofPackage(packageName);
        if (feature != null) {
            return feature;
        }
        var all = owners.tables().keySet();
        return all.size() == 1 ? all.iterator().next() : Finding.UNASSIGNED;
    }

    /** A row comes or changes when an object is stored; a collection's rows go as well. */
    private static List<Verb> verbs(Write write) {
        return switch (write.verb()) {
            case SAVE ->
                write.channel() == Channel.LINK_TABLE
                        ? List.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE)
                        : List.of(Verb.INSERT, Verb.UPDATE);
            case MERGE -> List.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);
            case COPY -> List.of(Verb.INSERT);
            case INSERT, UPDATE, DELETE, TRUNCATE -> List.of(write.verb());
            default -> List.of();
        };
    }

    /** Where a row is there already, an insert may be an update. */
    private static void inserting(Writes writes, Owners owners, Map<String, Set<String>> foretold) {
        var statements = new Statements();
        for (var text : writes.statements()) {
            var feature = featureOf(text.place(), owners);
            if (feature != null && OR_UPDATE.matcher(text.text()).matches()) {
                statements.sql(text.text()).writes().stream()
                        .filter(write -> write.verb() == Verb.INSERT)
                        .forEach(write -> foretold.computeIfAbsent(feature, unknown -> new TreeSet<>())
                                .add(Verb.UPDATE + " " + write.normalized().table()));
            }
        }
    }
}
