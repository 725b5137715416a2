package dev.strangler.architecture.assess;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.database.RoutineWrites;
import dev.strangler.architecture.writes.Channel;
import dev.strangler.architecture.writes.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a database writes by itself, so that no reading of code can see it; and where that can't be read. */
public final class HiddenWriters {

    /**
     * One of them.
     *
     * @param cause the table whose change sets it off, or the function or view that is used
     * @param table what is written; empty where that can't be read
     * @param from the part that owns the cause; {@link Contexts#SHARED} if none does, as of functions and views
     * @param owner the part that owns the table; {@link Contexts#SHARED} if none does
     * @param told as a sentence
     */
    public record Hidden(String cause, String table, String from, String owner, String told) {

        /** Whether a change of one part's table writes another part's, so that it must go before either leaves. */
        public boolean isAcross() {
            return !from.equals(owner) && !from.equals(Contexts.SHARED) && !owner.equals(Contexts.SHARED);
        }
    }

    private static final String KIT = "strangler.";

    private final Catalog catalog;
    private final RoutineWrites inside;
    private final Map<String, String> owners;
    private final List<Hidden> found = new ArrayList<>();

    private HiddenWriters(Catalog catalog, Map<String, String> owners) {
        this.catalog = catalog;
        this.inside = new RoutineWrites(catalog);
        this.owners = owners;
    }

    /**
     * Those of one database, what crosses parts first. The kit's own are left out.
     *
     * @param owners the part that owns each table, as far as known
     */
    public static List<Hidden> of(Catalog catalog, Map<String, String> owners) {
        var hidden = new HiddenWriters(catalog, owners);
        hidden.find();
        hidden.found.sort(Comparator.comparing((Hidden one) -> !one.isAcross())
                .thenComparing(Hidden::table)
                .thenComparing(Hidden::told));
        return List.copyOf(hidden.found);
    }

    /** What scripts say that foreign keys do, where there is no database to ask. */
    static List<Hidden> ofScripts(List<Write> writes, Map<String, String> owners) {
        return writes.stream()
                .filter(write -> write.channel() == Channel.FOREIGN_KEY)
                .map(write -> {
                    // "references parent on delete cascade"
                    var parent = write.by().split(" ", 3)[1];
                    return new Hidden(
                            parent,
                            write.table(),
                            owners.getOrDefault(parent, Contexts.SHARED),
                            owners.getOrDefault(write.table(), Contexts.SHARED),
                            "a foreign key: a change of %s writes %s (%s in %s)."
                                    .formatted(
                                            parent,
                                            write.table(),
                                            write.by(),
                                            write.place().told()));
                })
                .distinct()
                .sorted(Comparator.comparing((Hidden one) -> !one.isAcross())
                        .thenComparing(Hidden::table)
                        .thenComparing(Hidden::told))
                .toList();
    }

    private void find() {
        catalog.keys().stream().filter(key -> !key.action().isEmpty()).forEach(this::key);
        catalog.triggers().forEach(this::trigger);
        catalog.rules()
                .forEach(rule -> add(
                        rule.table(),
                        RoutineWrites.ofRule(rule),
                        "rule %s on %s writes ".formatted(rule.name(), rule.table())));
        var called = catalog.triggers().stream().map(Catalog.Trigger::routine).collect(Collectors.toUnmodifiableSet());
        catalog.routines().stream()
                .filter(routine -> !called.contains(routine.name()))
                .forEach(this::routine);
        catalog.views().stream()
                .filter(view -> view.isWritable() && !view.isInvokers())
                .forEach(view -> add(
                        view.name(),
                        Set.copyOf(view.tables()),
                        "view %s lets its users write, with its owner's rights, ".formatted(view.name())));
    }

    private void key(Catalog.ForeignKey key) {
        add(
                key.parent(),
                key.child(),
                "foreign key %s: a change of %s writes %s (%s)"
                        .formatted(key.name(), key.parent(), key.child(), key.action()));
    }

    private void trigger(Catalog.Trigger trigger) {
        var what = "trigger %s on %s, by %s,".formatted(trigger.name(), trigger.table(), trigger.routine());
        add(trigger.table(), inside.tables(trigger.routine()), what + " writes ");
        doubts(trigger.table(), trigger.routine(), what);
    }

    private void routine(Catalog.Routine routine) {
        var what = "function %s%s".formatted(routine.name(), routine.isDefiners() ? ", with its owner's rights," : "");
        add(routine.name(), inside.tables(routine.name()), what + " writes ");
        doubts(routine.name(), routine.name(), what);
    }

    private void doubts(String cause, String routine, String what) {
        inside.doubts(routine).forEach(doubt -> add(cause, "", what + " may write what can't be known: " + doubt));
    }

    private void add(String cause, Set<String> tables, String told) {
        tables.stream().sorted().forEach(table -> add(cause, table, told + table));
    }

    private void add(String cause, String table, String told) {
        if (!cause.startsWith(KIT) && !table.startsWith(KIT)) {
            found.add(new Hidden(cause, table, ownerOf(cause), ownerOf(table), told + "."));
        }
    }

    private String ownerOf(String name) {
        var root = catalog.rootOf(name);
        return owners.getOrDefault(
                root, owners.getOrDefault(root.substring(root.lastIndexOf('.') + 1), Contexts.SHARED));
    }
}
