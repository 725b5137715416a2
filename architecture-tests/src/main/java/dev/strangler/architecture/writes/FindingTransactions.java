package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.flow.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what a transaction may write in all: what the method that begins it writes, and what it calls. Methods are told apart by their names only, and
 * an interface's method leads to all that implement it, so it is more rather than less.
 */
final class FindingTransactions {

    private static final List<String> TRANSACTIONAL =
            List.of("transaction/annotation/Transactional", "transaction/Transactional");

    private final CodeBase code;
    private final Hierarchy hierarchy;
    private final Map<String, Set<Callee>> callees = new HashMap<>();
    private final Map<Callee, Set<String>> answering = new HashMap<>();
    private final Map<String, Map<String, Place>> tables = new HashMap<>();

    FindingTransactions(CodeBase code, Hierarchy hierarchy, Calls calls, List<Write> writes) {
        this.code = code;
        this.hierarchy = hierarchy;
        for (var call : calls.all()) {
            if (code.find(call.owner()) != null) {
                callees.computeIfAbsent(call.place().key(), unknown -> new HashSet<>())
                        .add(new Callee(call.owner(), call.name()));
            }
        }
        for (var write : writes) {
            if (write.isCertain() && write.place().type() != null) {
                tables.computeIfAbsent(write.place().key(), unknown -> new TreeMap<>())
                        .putIfAbsent(write.table(), write.place());
            }
        }
    }

    private static String key(String type, String method) {
        return type.replace('/', '.') + "." + method;
    }

    List<Transaction> find() {
        var found = new ArrayList<Transaction>();
        for (var type : code.classes()) {
            boolean all = isTransactional(type);
            for (var method : type.methods()) {
                var annotations = CodeClass.annotations(method);
                boolean begins = all && (method.access & org.objectweb.asm.Opcodes.ACC_PUBLIC) != 0
                        || TRANSACTIONAL.stream().anyMatch(annotations::have);
                if (begins && !method.name.startsWith("<")) {
                    var written = reached(key(type.name(), method.name));
                    if (!written.isEmpty()) {
                        found.add(new Transaction(Place.at(type.name(), method.name), written));
                    }
                }
            }
        }
        return found;
    }

    private static boolean isTransactional(CodeClass type) {
        return TRANSACTIONAL.stream().anyMatch(type.annotations()::have);
    }

    private Map<String, Place> reached(String begin) {
        var written = new LinkedHashMap<String, Place>();
        var known = new HashSet<String>();
        var waiting = new ArrayDeque<>(List.of(begin));
        while (!waiting.isEmpty()) {
            var next = waiting.remove();
            if (known.add(next)) {
                tables.getOrDefault(next, Map.of()).forEach(written::putIfAbsent);
                callees.getOrDefault(next, Set.of()).stream()
                        .flatMap(called -> meant(called).stream())
                        .sorted()
                        .distinct()
                        .forEach(waiting::add);
            }
        }
        return written;
    }

    /** Who may answer a call: the class that it names, those below it, and those that it inherits from. */
    private Set<String> meant(Callee called) {
        return answering.computeIfAbsent(called, unknown -> {
            var meant = new TreeSet<String>();
            hierarchy.downwards(called.owner).forEach(type -> meant.add(key(type, called.name)));
            hierarchy.upwards(called.owner).forEach(type -> meant.add(key(type, called.name)));
            return meant;
        });
    }

    private record Callee(String owner, String name) {}
}
