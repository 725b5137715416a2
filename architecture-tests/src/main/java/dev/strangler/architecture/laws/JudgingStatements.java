package dev.strangler.architecture.laws;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.database.Explained;
import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.sql.Verb;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges statements of the code by what PostgreSQL says of them: W7, W10; and W8 where it and the parser disagree. */
final class JudgingStatements {

    private static final Set<Verb> OF_ROWS = Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE, Verb.MERGE);

    private final Owners owners;
    private final Catalog catalog;
    private final Findings findings;
    private final Statements statements = new Statements();

    JudgingStatements(Owners owners, Catalog catalog, Findings findings) {
        this.owners = owners;
        this.catalog = catalog;
        this.findings = findings;
    }

    void judge(List<Explained> explained) {
        explained.stream().filter(one -> !one.text().isScript()).forEach(this::judge);
        scripts(explained);
    }

    private void judge(Explained explained) {
        var feature = explained.feature() == null ? Finding.UNASSIGNED : explained.feature();
        var place = explained.text().place();
        var text = shortened(explained.text().text());
        if (explained.unplanned() != null) {
            found(
                    Law.W8,
                    feature,
                    place.key() + " unplanned",
                    text,
                    "PostgreSQL can't plan the statement in %s (%s): %s."
                            .formatted(place.told(), explained.unplanned(), text),
                    "Correct it, or migrate the database that is asked.");
            return;
        }
        var read = read(explained);
        if (!read.equals(told(explained.writes()))) {
            found(
                    Law.W8,
                    feature,
                    place.key() + " disagreement",
                    text,
                    "Of the statement in %s PostgreSQL says that it writes %s, this kit reads %s: %s."
                            .formatted(place.told(), told(explained.writes()), read, text),
                    "Write it more plainly, and report it.");
        }
        var foreign = explained.writes().stream()
                .filter(write -> owners.ofTable(write.table())
                        .filter(owner -> !owner.equals(explained.feature()))
                        .isPresent())
                .map(SqlWrite::table)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!foreign.isEmpty() || explained.refused() != null) {
            found(
                    Law.W7,
                    feature,
                    place.key() + " " + String.join(",", foreign),
                    text,
                    "By PostgreSQL's plan %s writes %s: %s.%s"
                            .formatted(
                                    place.told(),
                                    told(explained.writes()),
                                    text,
                                    explained.refused() == null
                                            ? ""
                                            : " With the rights of %s alone it is refused: %s."
                                                    .formatted(feature, explained.refused())),
                    "Call a command of the owner, or move it there.");
        }
    }

    /** As the plan would say it: a view is resolved there, so its table is taken over; bodies of functions are never planned. */
    private TreeSet<String> read(Explained explained) {
        var read = statements.sql(explained.text().text()).writes().stream()
                .map(SqlWrite::normalized)
                .filter(write -> OF_ROWS.contains(write.verb()) && write.cause().isEmpty())
                .collect(Collectors.toSet());
        if (read.stream()
                .anyMatch(write -> catalog.view(write.table()).isPresent()
                        || catalog.rules().stream()
                                .anyMatch(rule -> rule.table().equals(write.table())))) {
            return told(explained.writes());
        }
        return told(read.stream()
                .map(write -> new SqlWrite(write.verb(), catalog.rootOf(write.table())))
                .collect(Collectors.toSet()));
    }

    private static TreeSet<String> told(Set<SqlWrite> writes) {
        return writes.stream()
                .map(write -> write.verb() + " " + write.table())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Scripts have run on a schema as it was then, so what can't be planned any more says nothing. */
    private void scripts(List<Explained> explained) {
        var scripts = new TreeMap<String, SortedMap<String, String>>();
        explained.stream()
                .filter(one -> one.text().isScript())
                .forEach(one -> one.writes()
                        .forEach(write -> owners.ofTable(write.table())
                                .ifPresent(owner -> scripts.computeIfAbsent(
                                                one.text().place().member(), unknown -> new TreeMap<>())
                                        .put(write.verb() + " " + write.table(), owner))));
        scripts.forEach((path, changes) -> {
            var written = new TreeSet<>(changes.values());
            var home = owners.ofPath(path);
            if (written.size() > 1 || home != null && !written.contains(home)) {
                found(
                        Law.W10,
                        Finding.UNASSIGNED,
                        path,
                        String.join(",", changes.keySet()),
                        "By PostgreSQL's plans script %s changes rows of %s."
                                .formatted(path, String.join(" and ", written)),
                        "Split it; where it has run already, leave it and name it in an exception.");
            }
        });
    }

    private void found(Law law, String feature, String identity, String by, String fact, String wayOut) {
        findings.add(
                law,
                feature,
                identity,
                by,
                "%s %s %s Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(fact, law.why(), wayOut, feature));
    }

    private static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 160 ? line : line.substring(0, 157) + "...";
    }
}
