package dev.strangler.architecture.flow;

import dev.strangler.architecture.sql.Holes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodInsnNode;

/** What the methods of {@link String} make of known texts. */
final class Texts {

    private static final Pattern SLOT = Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?([a-zA-Z%])");

    private Texts() {}

    /** The outcome of a call, null if it is none that makes a text of texts. */
    static @Nullable Known of(MethodInsnNode call, @Nullable Known receiver, List<Known> arguments) {
        if (!call.owner.equals("java/lang/String")) {
            return null;
        }
        return switch (call.name) {
            case "concat" ->
                receiver == null
                        ? null
                        : Known.text(Known.joined(
                                receiver.possibleTexts(), arguments.get(0).possibleTexts()));
            case "strip", "trim", "stripIndent", "stripTrailing", "stripLeading", "intern", "toString" -> receiver;
            case "toLowerCase" -> mapped(receiver, text -> text.toLowerCase(Locale.ROOT));
            case "toUpperCase" -> mapped(receiver, text -> text.toUpperCase(Locale.ROOT));
            case "valueOf" ->
                arguments.size() == 1 && call.desc.startsWith("(Ljava/lang/Object;")
                        ? arguments.get(0).as("java/lang/String")
                        : null;
            case "format" ->
                formatted(call.desc.startsWith("(Ljava/util/Locale;") ? arguments.get(1) : arguments.get(0));
            case "formatted" -> formatted(receiver);
            case "replace" -> replaced(receiver, arguments);
            default -> null;
        };
    }

    private static @Nullable Known mapped(@Nullable Known receiver, UnaryOperator<String> change) {
        if (receiver == null || receiver.texts().isEmpty()) {
            return receiver;
        }
        var changed = new LinkedHashSet<String>();
        receiver.texts().forEach(text -> changed.add(change.apply(text)));
        return Known.text(changed);
    }

    /** Slots for texts are holes, those for numbers are values. */
    private static @Nullable Known formatted(@Nullable Known format) {
        return mapped(
                format,
                text -> SLOT.matcher(text)
                        .replaceAll(slot -> Matcher.quoteReplacement(
                                switch (slot.group(1)) {
                                    case "%" -> "%";
                                    case "n" -> "\n";
                                    case "d", "x", "f", "e" -> String.valueOf(Holes.VALUE);
                                    default -> String.valueOf(Holes.UNKNOWN);
                                })));
    }

    private static @Nullable Known replaced(@Nullable Known receiver, List<Known> arguments) {
        if (receiver == null
                || arguments.size() != 2
                || arguments.get(0).texts().size() != 1) {
            return receiver == null || receiver.texts().isEmpty()
                    ? receiver
                    : Known.text(Set.of(String.valueOf(Holes.UNKNOWN)));
        }
        var searched = arguments.get(0).texts().iterator().next();
        var by = arguments.get(1).possibleTexts();
        var all = new LinkedHashSet<String>();
        receiver.possibleTexts()
                .forEach(text -> by.forEach(replacement -> all.add(text.replace(searched, replacement))));
        return Known.text(all);
    }
}
