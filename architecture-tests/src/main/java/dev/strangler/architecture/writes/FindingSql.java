package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.MethodId;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.mapping.MappedClass;
import dev.strangler.architecture.mapping.Mappings;
import dev.strangler.architecture.sql.Holes;
import dev.strangler.architecture.sql.SqlReading;
import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.sql.Verb;
import dev.strangler.architecture.writes.Sinks.Kind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Type;

/** Finds statements that arrive at sinks as texts, also through methods that pass on a parameter. */
final class FindingSql {

    /** How many methods a text may pass through on its way to a statement. */
    private static final int FARTHEST = 6;

    private static final int MOST_TEXTS_OF_ONE_CALL = 64;

    private final Calls calls;
    private final Sinks sinks;
    private final HandedStatements handed;
    private final Statements statements;
    private final Mappings mappings;
    private final DeclaredStatements declared;
    private final Facts facts;
    private final Set<Object> told = new HashSet<>();

    FindingSql(
            Calls calls,
            Sinks sinks,
            HandedStatements handed,
            Statements statements,
            Mappings mappings,
            DeclaredStatements declared,
            Facts facts) {
        this.calls = calls;
        this.sinks = sinks;
        this.handed = handed;
        this.statements = statements;
        this.mappings = mappings;
        this.declared = declared;
        this.facts = facts;
    }

    void find() {
        var arrived = new HashSet<Object>();
        for (var call : calls.all()) {
            sinks.find(call).ifPresent(sink -> {
                facts.together(() -> look(call, sink));
                sink.at(call).possibleTexts().forEach(text -> arrived.add(List.of(call.in(), text)));
            });
        }
        for (var call : calls.all()) {
            if (handed.mayTake(call) && !sinks.isSink(call)) {
                facts.together(() -> handed(call, arrived));
            }
        }
        for (var statement : declared.all()) {
            facts.together(() -> declaration(statement));
        }
    }

    private void declaration(DeclaredStatements.Statement statement) {
        var channel = statement.isSql() ? Channel.SQL : Channel.BULK_QUERY;
        facts.match(channel);
        var reading = read(statement.text(), statement.isSql() ? Kind.SQL : Kind.JPQL);
        emit(statement.place(), statement.text(), statement.isSql() ? Kind.SQL : Kind.JPQL, reading);
    }

    private void look(Call call, Sinks.Sink sink) {
        var argument = sink.at(call);
        switch (sink.kind()) {
            case PROCEDURE ->
                facts.unreadable(
                        call.place(),
                        Channel.DATABASE_CODE,
                        call.name(),
                        "it calls a procedure of the database, whose inside is not in the code");
            case ROW_OF_RESULT ->
                facts.unreadable(
                        call.place(),
                        Channel.SQL,
                        call.name(),
                        "it changes a row of whatever query the result came from");
            case BULK_UPDATE, BULK_DELETE -> {
                facts.match(Channel.BULK_QUERY);
                var verb = sink.kind() == Kind.BULK_UPDATE ? Verb.UPDATE : Verb.DELETE;
                var mapped = mappings.find(argument.constant());
                mapped.ifPresent(one -> bulk(call.place(), verb, one, call.name() + "(" + one.entityName() + ")"));
                if (mapped.isEmpty()) {
                    facts.unreadable(
                            call.place(), Channel.BULK_QUERY, call.name(), "its class is known at run time only");
                }
            }
            case STORED, DELETED -> {
                // objects are looked at elsewhere
            }
            default -> {
                facts.match(channel(sink.kind()));
                argument.possibleTexts().forEach(text -> judge(call.in(), call.place(), text, sink.kind(), 0));
            }
        }
    }

    /** What arrives at a known sink in the same method is judged there: tracing and counting see the same text. */
    private void handed(Call call, Set<Object> arrived) {
        for (var argument : call.arguments()) {
            for (var text : argument.possibleTexts()) {
                if (!arrived.contains(List.of(call.in(), text))) {
                    handed(call, call.in(), call.place(), text, 0);
                }
            }
        }
    }

    private void handed(Call taker, MethodId in, Place place, String text, int depth) {
        if (HandedStatements.isStatement(text)) {
            facts.unreadable(
                    place,
                    Channel.SQL,
                    shortened(Holes.told(text)),
                    "the statement is handed to %s, which is not known here".formatted(simple(taker)));
        } else if (Holes.hasParameter(text) && depth < FARTHEST) {
            for (var caller : calls.callersOf(in)) {
                if (told.add(List.of(caller.in(), caller.place(), text, in, taker.target()))) {
                    filled(text, caller).forEach(one -> handed(taker, caller.in(), caller.place(), one, depth + 1));
                }
            }
        }
    }

    private static String simple(Call call) {
        var type = call.owner().substring(call.owner().lastIndexOf('/') + 1).replace('$', '.');
        return call.name().equals("<init>") ? "new " + type : type + "." + call.name();
    }

    private void judge(MethodId in, Place place, String text, Kind kind, int depth) {
        var reading = read(text, kind);
        if (!reading.unreadable().isEmpty() && Holes.hasParameter(text) && depth < FARTHEST) {
            if (askCallers(in, text, kind, depth)) {
                return;
            }
            facts.unreadable(
                    place,
                    channel(kind),
                    Holes.told(text),
                    reading.unreadable().get(0) + " and nobody in this code calls the method");
        } else {
            emit(place, text, kind, reading);
        }
    }

    private void emit(Place place, String text, Kind kind, SqlReading reading) {
        var by = shortened(kind.lead() + Holes.told(text));
        if (kind == Kind.SQL && reading.unreadable().isEmpty()) {
            facts.statement(place, text, false);
        }
        reading.writes().forEach(write -> {
            if (kind == Kind.JPQL || kind == Kind.NAME && !isNative(text)) {
                bulk(place, write, by);
            } else {
                facts.sql(place, write, channel(kind), by);
            }
        });
        reading.unreadable().forEach(reason -> facts.unreadable(place, channel(kind), by, reason));
    }

    private boolean isNative(String name) {
        return Optional.ofNullable(declared.named().get(name))
                .map(DeclaredStatements.Statement::isSql)
                .orElse(false);
    }

    /** A query on a class writes all of its tables, and a deletion those of the classes below and of all collections before. */
    private void bulk(Place place, SqlWrite write, String by) {
        var mapped = mappings.named(write.table());
        if (mapped.isEmpty()) {
            facts.unreadable(place, Channel.BULK_QUERY, by, "no mapped class is called '" + write.table() + "'");
            return;
        }
        bulk(place, write.verb(), mapped.get(), by);
    }

    private void bulk(Place place, Verb verb, MappedClass mapped, String by) {
        var tables = verb == Verb.DELETE ? mappings.deletedInBulk(mapped) : mappings.ownTables(mapped);
        tables.forEach(table -> facts.write(place, verb, table, Channel.BULK_QUERY, by, true));
    }

    private SqlReading read(String text, Kind kind) {
        if (kind == Kind.NAME) {
            var named = declared.named().get(text);
            if (named != null) {
                return read(named.text(), named.isSql() ? Kind.SQL : Kind.JPQL);
            }
            return new SqlReading(List.of(), List.of("no query of that name is declared in this code"));
        }
        if (kind == Kind.MAPPED_NAME) {
            return declared.mapped(text)
                    .map(mapped -> statements.sql(mapped.text()))
                    .orElseGet(() -> new SqlReading(List.of(), List.of("no mapper of this code has such a statement")));
        }
        return kind == Kind.JPQL ? statements.jpql(text) : statements.sql(kind.lead() + text);
    }

    private static Channel channel(Kind kind) {
        return kind == Kind.JPQL || kind == Kind.NAME ? Channel.BULK_QUERY : Channel.SQL;
    }

    /** Whether there is any caller; each is judged by what it passes. */
    private boolean askCallers(MethodId in, String text, Kind kind, int depth) {
        var callers = calls.callersOf(in);
        for (var caller : callers) {
            if (told.add(List.of(caller.in(), caller.place(), text, in))) {
                for (var filled : filled(text, caller)) {
                    judge(caller.in(), caller.place(), filled, kind, depth + 1);
                }
            }
        }
        return !callers.isEmpty();
    }

    /** The text with what this caller passes in its holes. */
    private static Set<String> filled(String text, Call caller) {
        Set<String> filled = Set.of(text);
        int count = Math.min(
                Type.getArgumentTypes(caller.descriptor()).length,
                caller.arguments().size());
        // Holes of the caller must not be taken for those of the method called: each goes in once, at a mark of its
        // own.
        for (int i = 0; i < count; i++) {
            var hole = Holes.parameter(i);
            var mark = String.valueOf((char) ('\uE200' + i));
            var next = new LinkedHashSet<String>();
            filled.forEach(one -> next.add(one.replace(hole, mark)));
            filled = next;
        }
        for (int i = 0; i < count; i++) {
            var mark = String.valueOf((char) ('\uE200' + i));
            var next = new LinkedHashSet<String>();
            for (var one : filled) {
                for (var value : one.contains(mark) ? caller.arguments().get(i).possibleTexts() : Set.of("")) {
                    next.add(one.replace(mark, value));
                }
            }
            if (next.size() > MOST_TEXTS_OF_ONE_CALL) {
                return Set.of(String.valueOf(Holes.UNKNOWN));
            }
            filled = next;
        }
        return filled;
    }

    private static String shortened(String text) {
        return text.length() <= 160 ? text : text.substring(0, 157) + "...";
    }
}
