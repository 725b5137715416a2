package dev.strangler.architecture.assess;

import dev.strangler.architecture.assess.Assessment.Cell;
import dev.strangler.architecture.assess.Assessment.Context;
import dev.strangler.architecture.assess.Assessment.Doubt;
import dev.strangler.architecture.assess.Assessment.SharedMethod;
import dev.strangler.architecture.assess.Assessment.Table;
import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Verb;
import dev.strangler.architecture.writes.Channel;
import dev.strangler.architecture.writes.Write;
import dev.strangler.architecture.writes.Writes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes an assessment of facts. */
public final class Assessing {

    private static final int EXAMPLES = 5;
    /** The kit's own, and what belongs to frameworks: nobody's to take along. */
    private static final Set<String> NOT_COUNTED =
            Set.of("flyway_schema_history", "databasechangelog", "databasechangeloglock");

    private final Writes writes;
    private final Contexts contexts;
    private final Map<String, String> owners = new TreeMap<>();
    private final Map<String, Map<String, List<Write>>> matrix = new TreeMap<>();

    private Assessing(Writes writes, Contexts contexts) {
        this.writes = writes;
        this.contexts = contexts;
    }

    /**
     * Sums the facts up by parts.
     *
     * @param seconds how long it took to find them
     */
    public static Assessment of(Writes writes, Contexts contexts, double seconds) {
        return of(writes, contexts, seconds, null);
    }

    /**
     * The same, with what a database says that the code base is migrated to.
     *
     * @param catalog null where none was asked
     */
    public static Assessment of(Writes writes, Contexts contexts, double seconds, @Nullable Catalog catalog) {
        return new Assessing(writes, contexts).assess(seconds, catalog);
    }

    private Assessment assess(double seconds, @Nullable Catalog catalog) {
        for (var write : writes.writes()) {
            if (isCounted(write)) {
                matrix.computeIfAbsent(write.table(), unknown -> new TreeMap<>())
                        .computeIfAbsent(contextOf(write.place()), unknown -> new ArrayList<>())
                        .add(write);
            }
        }
        findOwners();
        var shared = sharedMethods();
        var needs = needs();
        return new Assessment(
                writes.code().classes().size(),
                seconds,
                contexts(shared, needs),
                tables(),
                writes.unreadable().stream()
                        .map(doubt -> new Doubt(
                                contextOf(doubt.place()), doubt.place().told(), doubt.by(), doubt.reason()))
                        .toList(),
                Cycles.of(needs),
                shared,
                hidden(catalog),
                looked());
    }

    /** What scripts say of rows; that they make and change tables is their office, and what keys do is done by the database itself. */
    private static boolean isCounted(Write write) {
        return write.verb() != Verb.BYPASS
                && !NOT_COUNTED.contains(write.table())
                && (write.place().type() != null || isOfRows(write));
    }

    private static boolean isOfRows(Write write) {
        return !write.verb().isOfTheTable() && write.channel() != Channel.FOREIGN_KEY;
    }

    private List<HiddenWriters.Hidden> hidden(@Nullable Catalog catalog) {
        return catalog == null ? HiddenWriters.ofScripts(writes.writes(), owners) : HiddenWriters.of(catalog, owners);
    }

    private Map<String, Integer> looked() {
        var looked = new TreeMap<String, Integer>();
        writes.matched().forEach((channel, count) -> looked.put(channel.name(), count));
        return looked;
    }

    private String contextOf(Place place) {
        var packageName = place.packageName();
        return packageName == null ? contexts.ofPath(place.member()) : contexts.of(packageName);
    }

    private void findOwners() {
        for (var mapped : writes.mappings().all()) {
            var context = contextOf(Place.at(mapped.type(), ""));
            owners.putIfAbsent(mapped.table(), context);
            mapped.secondaryTables().forEach(table -> owners.putIfAbsent(table, context));
            mapped.relations().stream()
                    .filter(relation -> relation.table() != null)
                    .forEach(relation -> owners.putIfAbsent(String.valueOf(relation.table()), context));
        }
        matrix.forEach((table, byContext) -> {
            if (!owners.containsKey(table)) {
                owners.put(
                        table,
                        byContext.entrySet().stream()
                                .max(Comparator.comparingInt((Map.Entry<String, List<Write>> entry) ->
                                                entry.getValue().size())
                                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                                .map(Map.Entry::getKey)
                                .orElse(Contexts.SHARED));
            }
        });
        writes.writes().stream()
                .filter(write -> write.verb() == Verb.CREATE && !NOT_COUNTED.contains(write.table()))
                .forEach(write -> owners.putIfAbsent(write.table(), contextOf(write.place())));
    }

    private List<Table> tables() {
        return owners.entrySet().stream()
                .map(entry -> {
                    var cells = new TreeMap<String, Cell>();
                    matrix.getOrDefault(entry.getKey(), Map.of())
                            .forEach((context, all) -> cells.put(context, cell(all)));
                    return new Table(entry.getKey(), entry.getValue(), cells);
                })
                .sorted(Comparator.comparing((Table table) -> !table.isContested())
                        .thenComparing(table -> -table.writers().values().stream()
                                .mapToInt(Cell::writes)
                                .sum())
                        .thenComparing(Table::name))
                .toList();
    }

    private static Cell cell(List<Write> all) {
        var channels = new TreeMap<String, Integer>();
        all.forEach(write -> channels.merge(write.channel().name(), 1, Integer::sum));
        var examples = all.stream()
                .map(write -> write.place().told()
                        + (write.place().line() > 0 ? ":" + write.place().line() : "") + " by " + write.by())
                .distinct()
                .limit(EXAMPLES)
                .toList();
        return new Cell(all.size(), channels, examples);
    }

    /** Methods that write tables of several parts, themselves or in the transaction that they begin. */
    private List<SharedMethod> sharedMethods() {
        var tables = new TreeMap<String, Set<String>>();
        var places = new TreeMap<String, Place>();
        writes.writes().stream()
                .filter(write ->
                        write.place().type() != null && !write.place().member().isEmpty())
                .forEach(write -> {
                    places.putIfAbsent(write.place().key(), write.place());
                    tables.computeIfAbsent(write.place().key(), unknown -> new TreeSet<>())
                            .add(write.table());
                });
        writes.transactions().forEach(transaction -> {
            places.putIfAbsent(transaction.place().key(), transaction.place());
            tables.computeIfAbsent(transaction.place().key(), unknown -> new TreeSet<>())
                    .addAll(transaction.tables().keySet());
        });
        var alike = places.values().stream().collect(Collectors.groupingBy(Place::told, Collectors.counting()));
        return tables.entrySet().stream()
                .map(entry -> {
                    var told =
                            Objects.requireNonNull(places.get(entry.getKey())).told();
                    return new SharedMethod(
                            alike.getOrDefault(told, 0L) > 1 ? entry.getKey() : told,
                            List.copyOf(entry.getValue()),
                            ownersOf(entry.getValue()));
                })
                .filter(method -> method.contexts().size() > 1)
                .toList();
    }

    private List<String> ownersOf(Set<String> tables) {
        return tables.stream()
                .map(table -> owners.getOrDefault(table, Contexts.SHARED))
                .filter(owner -> !owner.equals(Contexts.SHARED))
                .distinct()
                .sorted()
                .toList();
    }

    /** How many classes of a part mention classes of another. */
    private Map<String, Map<String, Integer>> needs() {
        var needs = new TreeMap<String, Map<String, Integer>>();
        for (var type : writes.code().classes()) {
            var from = contexts.of(type.packageName());
            var others = type.mentions().stream()
                    .map(writes.code()::find)
                    .filter(mentioned -> mentioned != null)
                    .map(mentioned -> contexts.of(mentioned.packageName()))
                    .filter(to -> !to.equals(from) && !to.equals(Contexts.SHARED) && !from.equals(Contexts.SHARED))
                    .collect(Collectors.toCollection(TreeSet::new));
            others.forEach(to ->
                    needs.computeIfAbsent(from, unknown -> new TreeMap<>()).merge(to, 1, Integer::sum));
        }
        return needs;
    }

    private List<Context> contexts(List<SharedMethod> shared, Map<String, Map<String, Integer>> needs) {
        var paths = new ServedPaths(writes.code(), contexts).byContext();
        var counts = new HashMap<String, Integer>();
        writes.code().classes().forEach(type -> counts.merge(contexts.of(type.packageName()), 1, Integer::sum));
        return contexts.names().stream()
                .map(name -> {
                    var tables = owners.entrySet().stream()
                            .filter(entry -> entry.getValue().equals(name))
                            .map(Map.Entry::getKey)
                            .toList();
                    var aggregates = writes.mappings().all().stream()
                            .filter(mapped ->
                                    contextOf(Place.at(mapped.type(), "")).equals(name))
                            .map(mapped -> mapped.entityName())
                            .distinct()
                            .toList();
                    var obstacles = new Obstacles(
                            name,
                            owners,
                            matrix,
                            shared,
                            needs,
                            writes.unreadable().stream()
                                    .filter(doubt -> contextOf(doubt.place()).equals(name))
                                    .count());
                    return new Context(
                            name,
                            counts.getOrDefault(name, 0),
                            contexts.packages(name),
                            tables,
                            aggregates,
                            paths.getOrDefault(name, List.of()),
                            obstacles.effort(),
                            obstacles.told());
                })
                .sorted(Comparator.comparing(
                                (Context context) -> context.tables().isEmpty())
                        .thenComparing(Context::effort)
                        .thenComparing(Context::name))
                .toList();
    }
}
