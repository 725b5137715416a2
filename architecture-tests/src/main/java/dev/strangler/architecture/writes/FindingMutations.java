package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.Known;
import dev.strangler.architecture.flow.MethodId;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.mapping.MappedClass;
import dev.strangler.architecture.mapping.Mappings;
import dev.strangler.architecture.sql.Verb;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes of stored objects from outside. What changes an object is known by the fields that it writes and the collections that
 * it changes, whatever it is called; whether the object is a managed one can't be told, so such a write is never certain.
 */
final class FindingMutations {

    private static final Set<String> CHANGING = Set.of(
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "remove",
            "removeAll",
            "removeIf",
            "removeFirst",
            "removeLast",
            "retainAll",
            "clear",
            "put",
            "putAll",
            "putIfAbsent",
            "set",
            "replaceAll",
            "replace",
            "merge",
            "compute",
            "computeIfAbsent",
            "computeIfPresent");

    private static final String COLLECTIONS = "java/util/Collections";
    private static final Set<String> CHANGING_ARGUMENT =
            Set.of("addAll", "sort", "reverse", "shuffle", "swap", "fill", "rotate", "replaceAll");

    private final Calls calls;
    private final Hierarchy hierarchy;
    private final Mappings mappings;
    private final Facts facts;
    /** What each method of a stored class changes of its own object. */
    private final Map<MethodId, Set<String>> changed = new HashMap<>();
    /** Name and descriptor of these methods, whosever they are. */
    private final Set<String> changing = new HashSet<>();

    FindingMutations(Calls calls, Hierarchy hierarchy, Mappings mappings, Facts facts) {
        this.calls = calls;
        this.hierarchy = hierarchy;
        this.mappings = mappings;
        this.facts = facts;
    }

    void find() {
        learnMutators();
        for (var call : calls.all()) {
            facts.together(() -> look(call));
        }
        for (var write : calls.fieldWrites()) {
            var receiver = write.receiver();
            if (receiver != null
                    && receiver.parameter() != Known.THIS
                    && !receiver.isFresh()
                    && mappings.fields().isStored(write.owner(), write.field())) {
                facts.together(() -> {
                    facts.match(Channel.DIRTY_CHECKING);
                    emit(
                            write.in(),
                            write.place(),
                            receiver.type() == null ? write.owner() : receiver.type(),
                            Set.of(write.field()),
                            simple(write.owner()) + "." + write.field());
                });
            }
        }
    }

    private void learnMutators() {
        for (var write : calls.fieldWrites()) {
            var receiver = write.receiver();
            if (receiver != null
                    && receiver.parameter() == Known.THIS
                    && !write.in().name().equals("<init>")
                    && mappings.fields().isStored(write.owner(), write.field())) {
                learn(write.in(), Set.of(write.field()));
            }
        }
        for (var call : calls.all()) {
            var part = changedPart(call);
            if (part != null
                    && hierarchy.isA(call.in().owner(), classOf(part))
                    && !call.in().name().equals("<init>")) {
                learn(call.in(), Set.of(part.substring(part.indexOf('.') + 1)));
            }
        }
        boolean learnt = true;
        while (learnt) {
            learnt = false;
            for (var call : calls.all()) {
                if (call.receiver() != null
                        && call.receiver().parameter() == Known.THIS
                        && !call.in().name().equals("<init>")) {
                    var inner = mutatorsAt(call);
                    learnt |= !inner.isEmpty()
                            && mappings.fields().isStored(call.in().owner())
                            && learn(call.in(), inner);
                }
            }
        }
    }

    private boolean learn(MethodId method, Set<String> fields) {
        changing.add(method.name() + method.descriptor());
        return changed.computeIfAbsent(method, unknown -> new LinkedHashSet<>()).addAll(fields);
    }

    private static String classOf(String part) {
        return part.substring(0, part.indexOf('.'));
    }

    /** Whether the call may change what it is given rather than what it is called on. */
    static boolean changesArgument(Call call) {
        return Copiers.filled(call) != null
                || call.owner().equals(COLLECTIONS)
                        && !call.arguments().isEmpty()
                        && call.arguments().get(0).part() != null;
    }

    /** The stored collection that this call changes, as {@code class.field}; null if it changes none. */
    private static @Nullable String changedPart(Call call) {
        if (call.owner().equals(COLLECTIONS)) {
            return CHANGING_ARGUMENT.contains(call.name())
                    ? call.arguments().get(0).part()
                    : null;
        }
        var receiver = call.receiver();
        return receiver != null
                        && receiver.part() != null
                        && CHANGING.contains(call.name())
                        && call.owner().startsWith("java/util/")
                ? receiver.part()
                : null;
    }

    private Set<String> mutatorsAt(Call call) {
        // Most methods are called like no mutator at all, and asking who is above and below is dear.
        if (!changing.contains(call.name() + call.descriptor())) {
            return Set.of();
        }
        var fields = new LinkedHashSet<String>();
        hierarchy
                .upwards(call.owner())
                .forEach(above -> fields.addAll(changed.getOrDefault(at(above, call), Set.of())));
        hierarchy
                .downwards(call.owner())
                .forEach(below -> fields.addAll(changed.getOrDefault(at(below, call), Set.of())));
        return fields;
    }

    private static MethodId at(String owner, Call call) {
        return new MethodId(owner, call.name(), call.descriptor());
    }

    private void look(Call call) {
        var receiver = call.receiver();
        copied(call);
        if (receiver == null) {
            part(call);
            return;
        }
        if (receiver.isFresh() || receiver.parameter() == Known.THIS || part(call)) {
            return;
        }
        var fields = mutatorsAt(call);
        if (!fields.isEmpty()) {
            facts.match(Channel.DIRTY_CHECKING);
            var type = receiver.type() != null && hierarchy.isA(receiver.type(), call.owner())
                    ? receiver.type()
                    : call.owner();
            emit(call.in(), call.place(), type, fields, simple(type) + "." + call.name());
        }
    }

    /** Whether it changes a stored collection; one that its own class changes counts to the method that does so. */
    private boolean part(Call call) {
        var part = changedPart(call);
        if (part != null && !hierarchy.isA(call.in().owner(), classOf(part))) {
            facts.match(Channel.DIRTY_CHECKING);
            emit(
                    call.in(),
                    call.place(),
                    classOf(part),
                    Set.of(part.substring(part.indexOf('.') + 1)),
                    simple(classOf(part)) + part.substring(part.indexOf('.')) + "." + call.name());
        }
        return part != null;
    }

    /** Any of its fields may be filled. */
    private void copied(Call call) {
        var filled = Copiers.filled(call);
        if (filled != null
                && filled.type() != null
                && !mappings.possible(filled.type()).isEmpty()) {
            facts.match(Channel.DIRTY_CHECKING);
            emit(call.in(), call.place(), filled.type(), Set.of(""), simple(call.owner()) + "." + call.name());
        }
    }

    private void emit(MethodId in, Place place, String type, Set<String> fields, String by) {
        for (var mapped : mappings.possible(type)) {
            if (!in.owner().equals(mapped.type())) {
                tables(mapped, fields)
                        .forEach(table -> facts.write(place, Verb.UPDATE, table, Channel.DIRTY_CHECKING, by, false));
            }
        }
    }

    /** A changed collection changes its own table or the rows at its other end; any other field the row itself. */
    private Set<String> tables(MappedClass mapped, Set<String> fields) {
        var tables = new LinkedHashSet<String>();
        for (var field : fields) {
            var relation = mapped.relations().stream()
                    .filter(one -> one.attribute().equals(field) && isOfMany(one.declaredIn(), field))
                    .findFirst();
            if (relation.isEmpty()) {
                tables.addAll(mappings.ownTables(mapped));
            } else if (relation.get().table() != null) {
                tables.add(relation.get().table());
            } else if (relation.get().target() != null
                    && (relation.get().writesTarget()
                            || relation.get().cascadesStoring()
                            || relation.get().orphanRemoval())) {
                mappings.possible(relation.get().target()).forEach(other -> tables.addAll(mappings.ownTables(other)));
            }
        }
        return tables;
    }

    private boolean isOfMany(String type, String field) {
        return mappings.fields().isCollection(type, field);
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }
}
