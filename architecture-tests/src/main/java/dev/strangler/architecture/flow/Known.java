package dev.strangler.architecture.flow;

import dev.strangler.architecture.sql.Holes;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.Value;

/**
 * What is known of one value.
 *
 * @param size in slots
 * @param type its class by internal name, or descriptor of an array; null for numbers, null and what is not known
 * @param isFresh whether it was constructed in this very method
 * @param parameter which parameter it is, counted from 0 without the receiver; {@link #THIS} for the receiver, {@link #NONE} otherwise
 * @param texts the texts that it can be, with {@link Holes}; empty if it is no text that could be followed
 * @param builder the instruction that made it, if it is a builder of text
 * @param constant the class that it stands for, if it is a class literal
 * @param part the stored collection that it is, as {@code class.field}, if it was taken out of an object
 */
public record Known(
        int size,
        @Nullable String type,
        boolean isFresh,
        int parameter,
        Set<String> texts,
        @Nullable AbstractInsnNode builder,
        @Nullable String constant,
        @Nullable String part)
        implements Value {

    /** Not a parameter. */
    public static final int NONE = -1;
    /** The receiver of the method. */
    public static final int THIS = -2;

    private static final int MOST_TEXTS = 8;
    private static final int LONGEST_TEXT = 40_000;
    private static final Set<String> TOO_MANY = Set.of(String.valueOf(Holes.TOO_MANY));

    static final Known NOTHING = new Known(1, null, false, NONE, Set.of(), null, null, null);
    static final Known WIDE = new Known(2, null, false, NONE, Set.of(), null, null, null);

    static Known ofType(@Nullable String type) {
        return new Known(1, type, false, NONE, Set.of(), null, null, null);
    }

    static Known text(Set<String> texts) {
        return new Known(1, "java/lang/String", false, NONE, bounded(texts), null, null, null);
    }

    static Known text(String text) {
        return text(Set.of(text));
    }

    static Known parameter(String type, int index) {
        return new Known(1, type, false, index, Set.of(), null, null, null);
    }

    static Known constant(String type) {
        return new Known(1, "java/lang/Class", false, NONE, Set.of(), null, type, null);
    }

    static Known fresh(String type, @Nullable AbstractInsnNode builder) {
        return new Known(1, type, true, NONE, Set.of(), builder, null, null);
    }

    Known as(String otherType) {
        return new Known(size, otherType, isFresh, parameter, texts, builder, constant, part);
    }

    Known partOf(String classAndField) {
        return new Known(size, type, isFresh, parameter, texts, builder, constant, classAndField);
    }

    @Override
    public int getSize() {
        return size;
    }

    /** The texts that it can be; what is not known reads as one hole. */
    public Set<String> possibleTexts() {
        if (!texts.isEmpty()) {
            return texts;
        }
        return Set.of(parameter >= 0 ? Holes.parameter(parameter) : String.valueOf(Holes.UNKNOWN));
    }

    static Set<String> union(Known one, Known other) {
        if (one.texts.isEmpty() && other.texts.isEmpty()) {
            return Set.of();
        }
        var all = new LinkedHashSet<>(one == NOTHING ? Set.<String>of() : one.possibleTexts());
        all.addAll(other == NOTHING ? Set.of() : other.possibleTexts());
        return bounded(all);
    }

    /** Every way to put one before the other. */
    static Set<String> joined(Set<String> before, Set<String> after) {
        var all = new LinkedHashSet<String>();
        for (var one : before) {
            for (var other : after) {
                all.add(one + other);
            }
        }
        return bounded(all);
    }

    private static Set<String> bounded(Set<String> texts) {
        boolean tooMany = texts.size() > MOST_TEXTS
                || texts.stream().anyMatch(text -> text.length() > LONGEST_TEXT || text.indexOf(Holes.TOO_MANY) >= 0);
        return tooMany ? TOO_MANY : Set.copyOf(texts);
    }
}
