package dev.strangler.architecture.laws;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.database.RoutineWrites;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges what the database writes by itself, past the grants of whoever began it: W11, and W8 where that can't be read. */
final class JudgingHiddenWriters {

    private final Owners owners;
    private final Catalog catalog;
    private final RoutineWrites inside;
    private final Findings findings;

    JudgingHiddenWriters(Owners owners, Catalog catalog, Findings findings) {
        this.owners = owners;
        this.catalog = catalog;
        this.inside = new RoutineWrites(catalog);
        this.findings = findings;
    }

    void judge() {
        catalog.keys().forEach(this::key);
        catalog.triggers().forEach(this::trigger);
        catalog.rules().forEach(this::rule);
        catalog.views().forEach(this::view);
        catalog.routines().forEach(this::routine);
    }

    private void key(Catalog.ForeignKey key) {
        var child = ownerOf(key.child());
        var parent = ownerOf(key.parent());
        if (child != null
                && parent != null
                && !child.equals(parent)
                && !key.action().isEmpty()) {
            found(
                    parent,
                    key.child() + " key " + key.name(),
                    key.action(),
                    ("Changing a row of %s writes table %s, owned by %s (constraint %s, %s). It runs as the owner of %s, so grants don't stop it; once %s is fenced, every"
                                    + " delete of %s fails. Migration to add: alter table %s drop constraint %s;")
                            .formatted(
                                    key.parent(),
                                    key.child(),
                                    child,
                                    key.name(),
                                    key.action(),
                                    key.child(),
                                    child,
                                    key.parent(),
                                    key.child(),
                                    key.name()));
        }
    }

    private void trigger(Catalog.Trigger trigger) {
        var feature = ownerOf(trigger.table());
        if (feature == null || trigger.routine().startsWith("strangler.")) {
            return;
        }
        var what = "trigger %s on %s".formatted(trigger.name(), trigger.table());
        for (var table : foreign(inside.tables(trigger.routine()), feature)) {
            found(
                    feature,
                    trigger.table() + " trigger " + trigger.name() + " " + table,
                    trigger.routine(),
                    "Writing %s writes table %s, owned by %s, by %s, which calls %s. Migration to add: drop %s;"
                            .formatted(trigger.table(), table, ownerOf(table), what, trigger.routine(), what));
        }
        unreadable(feature, what, trigger.routine());
    }

    private void rule(Catalog.Rule rule) {
        var feature = ownerOf(rule.table());
        for (var table : foreign(RoutineWrites.ofRule(rule), feature == null ? "" : feature)) {
            found(
                    feature == null ? Finding.UNASSIGNED : feature,
                    rule.table() + " rule " + rule.name() + " " + table,
                    rule.definition(),
                    ("Writing %s writes table %s, owned by %s, by rule %s, which checks rights as the owner of %s. Migration to add: drop rule %s on %s;")
                            .formatted(
                                    rule.table(),
                                    table,
                                    ownerOf(table),
                                    rule.name(),
                                    rule.table(),
                                    rule.name(),
                                    rule.table()));
        }
    }

    /** A view whose user need not have any right on its tables is a way around grants for whoever may write the view. */
    private void view(Catalog.View view) {
        if (view.isInvokers() || !view.isWritable()) {
            return;
        }
        var writers = catalog.grants().stream()
                .filter(grant ->
                        grant.table().equals(view.name()) && !grant.verb().equals("SELECT"))
                .map(Catalog.Grant::role)
                .distinct()
                .toList();
        for (var table : view.tables()) {
            var feature = ownerOf(table);
            if (feature != null && !writers.isEmpty()) {
                found(
                        feature,
                        view.name() + " view " + table,
                        "",
                        ("View %s lets %s write table %s, owned by %s, with the rights of %s. Migration to add: alter view %s set (security_invoker = true);")
                                .formatted(
                                        view.name(),
                                        DatabaseLaws.told(writers),
                                        table,
                                        feature,
                                        view.owner(),
                                        view.name()));
            }
        }
    }

    private void routine(Catalog.Routine routine) {
        if (DatabaseLaws.isOfKit(routine.name())) {
            return;
        }
        var features = new TreeSet<String>();
        var tables = inside.tables(routine.name());
        tables.forEach(table -> owners.ofTable(table).ifPresent(features::add));
        boolean isOpen = routine.isDefiners() && !routine.callers().isEmpty();
        if (isOpen && !features.isEmpty()) {
            found(
                    features.first(),
                    routine.name() + " definer",
                    String.join(",", tables),
                    ("Function %s lets %s write %s with the rights of %s, its owner. Migration to add: revoke execute on routine %s from public; (and from whom it was granted to)")
                            .formatted(
                                    routine.name(),
                                    DatabaseLaws.told(routine.callers()),
                                    String.join(", ", tables),
                                    routine.owner(),
                                    routine.name()));
        } else if (features.size() > 1) {
            found(
                    Finding.UNASSIGNED,
                    routine.name() + " routine",
                    String.join(",", tables),
                    "Function %s writes %s, which belong to %s. Split it, or move it into code."
                            .formatted(routine.name(), String.join(", ", tables), String.join(" and ", features)));
        }
        if (isOpen) {
            unreadable(Finding.UNASSIGNED, "function " + routine.name(), routine.name());
        }
    }

    private void unreadable(String feature, String what, String routine) {
        inside.doubts(routine)
                .forEach(doubt -> findings.add(
                        Law.W8,
                        feature,
                        what,
                        doubt,
                        "What %s writes can't be known, since %s. %s Or, if this must wait, add the line to exceptions/%s.txt:"
                                .formatted(what, doubt, Law.W8.why(), feature)));
    }

    private Set<String> foreign(Set<String> tables, String feature) {
        var foreign = new LinkedHashSet<String>();
        for (var table : tables) {
            owners.ofTable(table).filter(owner -> !owner.equals(feature)).ifPresent(owner -> foreign.add(table));
        }
        return foreign;
    }

    private @Nullable String ownerOf(String table) {
        var root = catalog.rootOf(table);
        return DatabaseLaws.isOfKit(root) ? null : owners.ofTable(root).orElse(null);
    }

    private void found(String feature, String identity, String by, String message) {
        findings.add(
                Law.W11,
                feature,
                identity,
                by,
                "%s %s Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(message, Law.W11.why(), feature));
    }
}
