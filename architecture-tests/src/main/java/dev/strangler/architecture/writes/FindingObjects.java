package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.Generics;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.Known;
import dev.strangler.architecture.flow.MethodId;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.mapping.MappedClass;
import dev.strangler.architecture.mapping.Mappings;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.sql.Verb;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds objects that are stored or deleted through entity managers and repositories. */
final class FindingObjects {

    private static final int FARTHEST = 6;
    /** Beyond this many classes a type says nothing: everything may be meant. */
    private static final int MOST_CLASSES = 20;

    private final Calls calls;
    private final Hierarchy hierarchy;
    private final Sinks sinks;
    private final Repositories repositories;
    private final Mappings mappings;
    private final DeclaredStatements declared;
    private final Statements statements;
    private final Facts facts;
    private final Set<Object> told = new HashSet<>();

    FindingObjects(
            Calls calls,
            Hierarchy hierarchy,
            Sinks sinks,
            Repositories repositories,
            Mappings mappings,
            DeclaredStatements declared,
            Statements statements,
            Facts facts) {
        this.calls = calls;
        this.hierarchy = hierarchy;
        this.sinks = sinks;
        this.repositories = repositories;
        this.mappings = mappings;
        this.declared = declared;
        this.statements = statements;
        this.facts = facts;
    }

    void find() {
        for (var call : calls.all()) {
            facts.together(() -> {
                sinks.find(call).ifPresent(sink -> {
                    if (sink.kind() == Sinks.Kind.STORED || sink.kind() == Sinks.Kind.DELETED) {
                        facts.match(Channel.ENTITY_MANAGER);
                        boolean deletes = sink.kind() == Sinks.Kind.DELETED;
                        var object = sink.at(call);
                        look(new Storing(call, deletes, Channel.ENTITY_MANAGER, simple(call)), call, object, 0);
                    }
                });
                repository(call);
            });
        }
    }

    private void repository(Call call) {
        var statementsOfMethod = declaredFor(call);
        if (!statementsOfMethod.isEmpty()) {
            facts.match(Channel.REPOSITORY);
            if (!call.in().owner().equals(call.owner())) {
                statementsOfMethod.forEach(statement -> declaredWrites(call.place(), simple(call), statement));
            }
            return;
        }
        var type = repositories.typeOf(call);
        if (type == null || !Repositories.writes(call.name())) {
            return;
        }
        facts.match(Channel.REPOSITORY);
        boolean deletes = Repositories.deletes(call.name());
        var storing = new Storing(call, deletes, Channel.REPOSITORY, simple(type) + "." + call.name());
        var entity = repositories.entityOf(type);
        var mapped = entity == null ? List.<MappedClass>of() : mappings.possible(entity);
        if (!mapped.isEmpty() && mapped.size() <= MOST_CLASSES) {
            emit(storing, call.place(), mapped, false);
        } else if (!call.arguments().isEmpty()) {
            look(storing, call, call.arguments().get(0), 0);
        } else {
            unknown(storing, call.place(), entity);
        }
    }

    /** Those of the method that is called, wherever the repository inherits it from, for each entity that it can be about. */
    private List<DeclaredStatements.Statement> declaredFor(Call call) {
        var receiver = call.receiver();
        var own = inherited(call.owner(), call.name());
        return own.isEmpty() && receiver != null && receiver.type() != null
                ? inherited(receiver.type(), call.name())
                : own;
    }

    private List<DeclaredStatements.Statement> inherited(String repository, String method) {
        return hierarchy.upwards(repository).stream()
                .map(type -> declared.of(type, method))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .flatMap(statement -> declared.about(statement, entitiesOf(repository)).stream())
                .toList();
    }

    /** Of a generic base, those of all repositories below it. */
    private List<String> entitiesOf(String repository) {
        return hierarchy.downwards(repository).stream()
                .map(declared::entityOf)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private void declaredWrites(Place place, String by, DeclaredStatements.Statement statement) {
        if (statement.isSql()) {
            statements.sql(statement.text()).writes().forEach(write -> facts.sql(place, write, Channel.REPOSITORY, by));
        } else {
            statements
                    .jpql(statement.text())
                    .writes()
                    .forEach(write -> mappings.named(write.table())
                            .ifPresent(mapped -> (write.verb() == Verb.DELETE
                                            ? mappings.deletedInBulk(mapped)
                                            : mappings.ownTables(mapped))
                                    .forEach(table ->
                                            facts.write(place, write.verb(), table, Channel.REPOSITORY, by, true))));
        }
    }

    /** The object's type decides; where it is the type of a parameter and says too little, the callers are asked what they pass. */
    private void look(Storing storing, Call call, Known object, int depth) {
        var type = object.type();
        var mapped = type == null ? List.<MappedClass>of() : mappings.possible(type);
        if (mapped.size() == 1) {
            emit(storing, call.place(), mapped, object.isFresh());
        } else if (object.parameter() >= 0
                && depth < FARTHEST
                && askCallers(storing, call.in(), object.parameter(), depth)) {
            return;
        } else if (!mapped.isEmpty() && mapped.size() <= MOST_CLASSES) {
            emit(storing, call.place(), mapped, false);
        } else if (object.constant() != null
                && !mappings.possible(object.constant()).isEmpty()) {
            emit(storing, call.place(), mappings.possible(object.constant()), false);
        } else {
            unknown(storing, call.place(), type);
        }
    }

    private boolean askCallers(Storing storing, MethodId in, int parameter, int depth) {
        var callers = calls.callersOf(in);
        for (var caller : callers) {
            if (parameter < caller.arguments().size() && told.add(List.of(storing.call, caller, parameter))) {
                look(storing, caller, caller.arguments().get(parameter), depth + 1);
            }
        }
        return !callers.isEmpty();
    }

    private void unknown(Storing storing, Place place, @Nullable String type) {
        facts.unreadable(
                place,
                storing.channel,
                storing.by,
                "the object that it is given is known as " + (type == null ? "anything" : simple(type)) + " only");
    }

    private void emit(Storing storing, Place place, List<MappedClass> mapped, boolean isNew) {
        boolean isCertain = mapped.size() == 1;
        var verb = storing.deletes ? Verb.DELETE : Verb.SAVE;
        for (var one : mapped) {
            var replaced = storing.deletes ? one.statements().get("SQLDelete") : null;
            if (replaced != null) {
                statements
                        .sql(replaced)
                        .writes()
                        .forEach(write -> facts.sql(place, write, storing.channel, storing.by));
            } else {
                mappings.ownTables(one)
                        .forEach(table -> facts.write(place, verb, table, storing.channel, storing.by, isCertain));
            }
            if (!isNew) {
                mappings.tablesBelow(one)
                        .forEach(table -> facts.write(place, verb, table, storing.channel, storing.by, false));
            }
            mappings.reached(one, storing.deletes)
                    .forEach((table, way) -> facts.implied(place, verb, table, storing.by + ", " + way));
        }
    }

    private static String simple(Call call) {
        return simple(call.owner()) + "." + call.name();
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }

    /** One call that stores or deletes, while its object is looked for. */
    private record Storing(Call call, boolean deletes, Channel channel, String by) {}

    /** Which types are repositories, and of what. */
    static final class Repositories {

        private final Hierarchy hierarchy;
        private final Generics generics;
        private final Map<String, Boolean> known = new HashMap<>();

        Repositories(Hierarchy hierarchy, Generics generics) {
            this.hierarchy = hierarchy;
            this.generics = generics;
        }

        /** The repository that is called; the captured receiver's type where the call names only what declares the method. */
        @Nullable
        String typeOf(Call call) {
            var receiver = call.receiver();
            if (receiver != null && receiver.type() != null && isRepository(receiver.type())) {
                return receiver.type();
            }
            return isRepository(call.owner()) ? call.owner() : null;
        }

        private boolean isRepository(String type) {
            return known.computeIfAbsent(
                    type, unknown -> hierarchy.upwards(type).stream().anyMatch(Repositories::isRoot));
        }

        static boolean isRoot(String type) {
            return type.startsWith("org/springframework/data/") && type.endsWith("Repository")
                    || type.startsWith("jakarta/data/repository/") && type.endsWith("Repository")
                    || type.startsWith("io/hypersistence/utils/spring/repository/")
                    || type.equals("org/springframework/data/repository/Repository");
        }

        /** The class that it stores, null if that stays open. */
        @Nullable
        String entityOf(String type) {
            return generics.firstArgument(type, Repositories::isRoot);
        }

        static boolean writes(String method) {
            return deletes(method)
                    || method.startsWith("save")
                    || method.startsWith("insert")
                    || method.startsWith("persist")
                    || method.startsWith("merge")
                    || method.startsWith("update");
        }

        static boolean deletes(String method) {
            return method.startsWith("delete") || method.startsWith("remove");
        }
    }
}
