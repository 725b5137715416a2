package dev.strangler.architecture.flow;

import dev.strangler.architecture.sql.Holes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;

/**
 * What each builder of text in one method is given, and what it comes to: pieces that exclude each other stand in texts of their own, and
 * what can be left out stands in the text.
 */
final class Pieces {

    private static final int MOST_BRANCHES = 8;

    /** What must not get lost among branches that are too many to tell apart. */
    private static final Pattern BEGINNING = Pattern.compile(
            ";|\\b(?:insert|update|delete|merge|truncate|copy|replace|drop|alter)\\b", Pattern.CASE_INSENSITIVE);

    private final InsnList code;
    private final Ways ways;
    private final Map<AbstractInsnNode, TreeMap<Integer, Set<String>>> byBuilder = new IdentityHashMap<>();
    /** Where each begins anew. */
    private final Map<AbstractInsnNode, BitSet> emptied = new IdentityHashMap<>();

    private final Map<AbstractInsnNode, Map<Integer, BitSet>> after = new IdentityHashMap<>();

    Pieces(MethodNode method) {
        this.code = method.instructions;
        this.ways = new Ways(method);
    }

    boolean isEmpty() {
        return byBuilder.isEmpty();
    }

    void put(AbstractInsnNode builder, AbstractInsnNode at, Set<String> texts) {
        byBuilder.computeIfAbsent(builder, unknown -> new TreeMap<>()).put(code.indexOf(at), texts);
    }

    void empty(AbstractInsnNode builder, AbstractInsnNode at) {
        ends(builder).set(code.indexOf(at));
        after.remove(builder);
    }

    private BitSet ends(AbstractInsnNode builder) {
        return emptied.computeIfAbsent(builder, unknown -> {
            var ends = new BitSet();
            ends.set(code.indexOf(builder));
            return ends;
        });
    }

    private BitSet after(AbstractInsnNode builder, int piece) {
        return after.computeIfAbsent(builder, unknown -> new HashMap<>())
                .computeIfAbsent(piece, from -> ways.after(from, ends(builder)));
    }

    /** What the builder can hold at that instruction. */
    Set<String> texts(AbstractInsnNode builder, AbstractInsnNode at) {
        int asked = code.indexOf(at);
        var given = byBuilder.getOrDefault(builder, new TreeMap<>());
        var pieces = given.keySet().stream()
                .filter(piece -> after(builder, piece).get(asked))
                .toList();
        var branches = branches(builder, pieces);
        if (branches.size() > MOST_BRANCHES) {
            return inOne(builder, pieces, given);
        }
        var texts = new LinkedHashSet<String>();
        branches.forEach(branch ->
                texts.addAll(joined(branch.stream().mapToObj(given::get).toList())));
        return texts;
    }

    private Set<BitSet> branches(AbstractInsnNode builder, List<Integer> pieces) {
        Set<BitSet> branches = Set.of(new BitSet());
        for (var piece : pieces) {
            var next = new LinkedHashSet<BitSet>();
            for (var branch : branches) {
                var with = new BitSet();
                branch.stream()
                        .filter(before -> after(builder, before).get(piece))
                        .forEach(with::set);
                if (!with.equals(branch)) {
                    next.add(branch);
                }
                with.set(piece);
                next.add(with);
            }
            branches = next;
            if (branches.size() > MOST_BRANCHES) {
                break;
            }
        }
        return branches;
    }

    /** One text for too many branches, with a hole for each piece that another excludes. */
    private Set<String> inOne(AbstractInsnNode builder, List<Integer> pieces, Map<Integer, Set<String>> given) {
        Set<String> text = Set.of("");
        for (var piece : pieces) {
            var texts = given.getOrDefault(piece, Set.of(String.valueOf(Holes.UNKNOWN)));
            boolean isExcluded = pieces.stream()
                    .anyMatch(other -> !other.equals(piece)
                            && !after(builder, piece).get(other)
                            && !after(builder, other).get(piece));
            if (isExcluded
                    && texts.stream().anyMatch(one -> BEGINNING.matcher(one).find())) {
                return Set.of(String.valueOf(Holes.TOO_MANY));
            }
            text = Known.joined(text, isExcluded ? Set.of(String.valueOf(Holes.UNKNOWN)) : texts);
        }
        return text;
    }

    private static Set<String> joined(List<Set<String>> pieces) {
        Set<String> texts = Set.of("");
        for (var piece : pieces) {
            texts = Known.joined(texts, piece);
        }
        return texts;
    }
}
