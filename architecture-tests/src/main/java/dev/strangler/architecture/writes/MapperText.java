package dev.strangler.architecture.writes;

import dev.strangler.architecture.sql.Holes;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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
            case "set", "where" -> around(name + " ", element, "", text, depth);
            case "trim" -> around(element.attr("prefix") + " ", element, element.attr("suffix"), text, depth);
            case "foreach" -> around(element.attr("open"), element, element.attr("close"), text, depth);
            case "selectkey", "bind" -> {
                // no part of the statement
            }
            default -> append(element, text, depth + 1);
        }
        text.append(' ');
    }

    private void around(String before, Element element, String after, StringBuilder text, int depth) {
        text.append(before);
        append(element, text, depth + 1);
        text.append(after);
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
