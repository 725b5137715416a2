package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.Generics;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.flow.World;
import dev.strangler.architecture.mapping.Mappings;
import dev.strangler.architecture.mapping.TableNaming;
import dev.strangler.architecture.sql.Statements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a code base writes, as far as its class files and resources tell.
 *
 * @param writes in a stable order
 * @param unreadable places that may write what can't be told; each is as good as a write to anything until somebody looks
 * @param statements texts of SQL that could be read, to ask a database about
 * @param publications what is said to other contexts
 * @param transactions what each method that begins a transaction comes to write
 * @param matched how many places each detector has looked at: where it is none, it has proved nothing
 */
public record Writes(
        CodeBase code,
        Mappings mappings,
        List<Write> writes,
        List<Unreadable> unreadable,
        List<SqlText> statements,
        List<Publication> publications,
        List<Transaction> transactions,
        Map<Channel, Integer> matched) {

    /** Copies its lists. */
    public Writes {
        writes = List.copyOf(writes);
        unreadable = List.copyOf(unreadable);
        statements = List.copyOf(statements);
        publications = List.copyOf(publications);
        transactions = List.copyOf(transactions);
        matched = Map.copyOf(matched);
    }

    /** Reads a code base whose tables are named as its settings say. */
    public static Writes of(CodeBase code) {
        return of(code, TableNaming.of(code));
    }

    /** Reads a code base. Takes some seconds for thousands of classes. */
    public static Writes of(CodeBase code, TableNaming naming) {
        var hierarchy = new Hierarchy(code);
        var mappings = Mappings.of(code, hierarchy, naming);
        var repositories = new FindingObjects.Repositories(hierarchy, new Generics(code));
        var sinks = new Sinks(code, hierarchy, mappings.typed());
        var handed = new HandedStatements(code, hierarchy);
        var calls = new Calls(code, hierarchy, () -> new World(code, hierarchy, mappings), sinks, handed);
        var declared =
                new DeclaredStatements(code, repository -> entityName(mappings, repositories.entityOf(repository)));
        var statements = new Statements();
        var facts = new Facts();
        new FindingSql(calls, sinks, handed, statements, mappings, declared, facts).find();
        new FindingObjects(calls, hierarchy, sinks, repositories, mappings, declared, statements, facts).find();
        new FindingMutations(calls, hierarchy, mappings, facts).find();
        new FindingMapped(mappings, statements, facts).find();
        new FindingPublications(calls, facts).find();
        new FindingScripts(code, statements, facts).find();
        calls.troubles()
                .forEach((method, reason) -> facts.together(() -> facts.unreadable(
                        Place.at(method.owner(), method.name()),
                        Channel.SQL,
                        "its bytecode",
                        "it could not be followed: " + reason)));
        var found = facts.writes();
        return new Writes(
                code,
                mappings,
                found,
                facts.unreadable(),
                facts.statements(),
                facts.publications(),
                new FindingTransactions(code, hierarchy, calls, found).find(),
                facts.matched());
    }

    private static String entityName(Mappings mappings, @Nullable String type) {
        return mappings.find(type).map(mapped -> mapped.entityName()).orElse("");
    }

    /** How many places of that kind were looked at. */
    public int matched(Channel channel) {
        return Optional.ofNullable(matched.get(channel)).orElse(0);
    }
}
