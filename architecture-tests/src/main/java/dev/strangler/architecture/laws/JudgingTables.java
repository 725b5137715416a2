package dev.strangler.architecture.laws;

import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Verb;
import dev.strangler.architecture.writes.Write;
import dev.strangler.architecture.writes.Writes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Judges that each table has one owner: W0. */
final class JudgingTables {

    /** Tables of frameworks, each used by its framework on its own side and by no feature. */
    static final Set<String> OF_FRAMEWORKS = Set.of(
            "flyway_schema_history",
            "databasechangelog",
            "databasechangeloglock",
            "shedlock",
            "event_publication",
            "revinfo");

    private final Owners owners;
    private final Writes writes;
    private final Findings findings;

    JudgingTables(Owners owners, Writes writes, Findings findings) {
        this.owners = owners;
        this.writes = writes;
        this.findings = findings;
    }

    void judge() {
        var dropped = new HashSet<String>();
        var writers = new TreeMap<String, Set<String>>();
        var features = new TreeMap<String, Set<String>>();
        for (var write : writes.writes()) {
            if (write.verb() == Verb.DROP) {
                dropped.add(write.table());
            } else if (isOfNobody(write)) {
                writers.computeIfAbsent(write.table(), unknown -> new TreeSet<>())
                        .add(write.place().told());
                features.computeIfAbsent(write.table(), unknown -> new TreeSet<>())
                        .add(Objects.requireNonNullElse(owners.ofPlace(write.place()), Finding.UNASSIGNED));
            }
        }
        writers.forEach((table, places) -> {
            // A table that scripts make and take away again is none, unless code still writes it.
            if (!dropped.contains(table) || places.stream().anyMatch(place -> !place.endsWith(".sql"))) {
                findings.add(
                        Law.W0,
                        Finding.UNASSIGNED,
                        table,
                        // Whoever comes to write it as well is a new breach.
                        String.join(",", features.getOrDefault(table, Set.of())),
                        ("Table %s is in no feature of the map, and is written or made by %s (of %s). %s Add it to the tables of its feature in"
                                        + " strangler.yml; or, if it stays on this side for good, say so in exceptions/%s.txt:")
                                .formatted(
                                        table,
                                        told(places),
                                        String.join(", ", features.getOrDefault(table, Set.of())),
                                        Law.W0.why(),
                                        Finding.UNASSIGNED));
            }
        });
        mapped();
    }

    private boolean isOfNobody(Write write) {
        return write.verb() != Verb.BYPASS
                && owners.ofTable(write.table()).isEmpty()
                && !write.table().startsWith("strangler.")
                && !OF_FRAMEWORKS.contains(write.table());
    }

    private void mapped() {
        for (var mapped : writes.mappings().all()) {
            var place = Place.at(mapped.type(), "");
            var packageName = place.packageName();
            var mapper = packageName == null ? null : owners.ofPackage(packageName);
            for (var table : writes.mappings().ownTables(mapped)) {
                owners.ofTable(table)
                        .filter(owner -> !owner.equals(mapper))
                        .ifPresent(owner -> findings.add(
                                Law.W0,
                                mapper == null ? Finding.UNASSIGNED : mapper,
                                place.type() + " maps " + table,
                                "",
                                "%s maps table %s, owned by %s: whoever maps a table may write it at any flush. Keep the id and ask %s. Or, if this must wait, add the line to exceptions/%s.txt:"
                                        .formatted(
                                                place.type(),
                                                table,
                                                owner,
                                                owner,
                                                mapper == null ? Finding.UNASSIGNED : mapper)));
            }
        }
    }

    private static String told(Set<String> places) {
        var first = places.stream().limit(3).toList();
        return String.join(", ", first) + (places.size() > 3 ? " and " + (places.size() - 3) + " more" : "");
    }
}
