package dev.strangler.architecture.writes;

import dev.strangler.architecture.sql.Holes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/**
 * The SQL of MyBatis' dynamic statements, with all of their parts. What depends on a condition stays in, but for a place where the name of a table
 * would stand: which one it is can't be told then.
 */
final class MapperText {

    private static final Set<String> CONDITIONAL = Set.of("if", "choose", "foreach", "trim");
    private static final Pattern WANTS_A_TABLE = Pattern.compile(
            "(?:^|.*\\s)(?:into|from|update|table|only|join)\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int DEEPEST = 8;

    private final Element mapper;

    /** @param mapper where the fragments of its statements stand */
    MapperText(Element mapper) {
        this.mapper = mapper;
    }

    /** That of an annotation whose text begins with {@code <script>}. */
    static String ofScript(String text) {
        var script = Jsoup.parse(text, "", Parser.xmlParser());
        return new MapperText(script).of(script);
    }

    /** That of one statement. */
    String of(Element statement) {
        var text = new StringBuilder();
        append(statement, text, 0);
        return text.toString();
    }

    private void append(Element parent, StringBuilder text, int depth) {
        for (var node : parent.childNodes()) {
            append(node, text, depth);
        }
    }

    private void append(Node node, StringBuilder text, int depth) {
        if (node instanceof TextNode words) {
            text.append(words.getWholeText());
        } else if (node instanceof Element element) {
            element(element, text, depth);
        }
    }

    private void element(Element element, StringBuilder text, int depth) {
        var name = element.normalName().toLowerCase(Locale.ROOT);
        if (depth > DEEPEST
                || CONDITIONAL.contains(name) && WANTS_A_TABLE.matcher(text).matches()) {
            text.append(Holes.UNKNOWN);
            return;
        }
        text.append(' ');
        switch (name) {
            case "include" -> included(element, text, depth);
            case "where" -> trimmed("where", "and |or ", element, "", text, depth);
            case "set" -> trimmed("set", "", element, ",", text, depth);
            case "trim" -> {
                var ends = element.attr("suffixOverrides");
                trimmed(element.attr("prefix"), element.attr("prefixOverrides"), element, ends, text, depth);
                text.append(' ').append(element.attr("suffix"));
            }
            case "foreach" -> {
                text.append(element.attr("open"));
                append(element, text, depth + 1);
                text.append(element.attr("close"));
            }
            case "selectkey", "bind" -> {
                // no part of the statement
            }
            default -> append(element, text, depth + 1);
        }
        text.append(' ');
    }

    /** What stands in an element, but for a word that MyBatis takes off its beginning and one off its end; bars part those of them there are. */
    private void trimmed(
            String before, String beginnings, Element element, String ends, StringBuilder text, int depth) {
        var whole = new StringBuilder(before).append(' ');
        append(element, whole, depth + 1);
        var inside = whole.substring(before.length()).strip();
        var begun = words(beginnings)
                .filter(word -> inside.regionMatches(true, 0, word, 0, word.length()))
                .findFirst()
                .map(word -> inside.substring(word.length()))
                .orElse(inside);
        var ended = words(ends)
                .filter(word -> begun.regionMatches(true, begun.length() - word.length(), word, 0, word.length()))
                .findFirst()
                .map(word -> begun.substring(0, begun.length() - word.length()))
                .orElse(begun);
        text.append(before).append(' ').append(ended);
    }

    private static Stream<String> words(String barred) {
        return Arrays.stream(barred.split("\\|", -1)).filter(word -> !word.isEmpty());
    }

    /** A fragment of another mapper, or one with parameters of its own, stays a hole. */
    private void included(Element include, StringBuilder text, int depth) {
        var fragment = mapper.select("> sql").stream()
                .filter(one -> one.attr("id").equals(include.attr("refid")) && include.childrenSize() == 0)
                .findFirst();
        if (fragment.isPresent()) {
            append(fragment.get(), text, depth + 1);
        } else {
            text.append(Holes.UNKNOWN);
        }
    }
}
