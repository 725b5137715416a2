package dev.strangler.outbox.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Just enough JSON to talk to Connect, so that the kit forces no JSON library on its users. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** The object in the text: maps, lists, strings, numbers as strings of digits, booleans, nulls. */
    static Map<String, @Nullable Object> object(String text) {
        return asObject(new Json(text).value());
    }

    /** The value as an object; empty when it is none. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> asObject(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** The value as a list; empty when it is none. */
    static List<?> asList(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** The value as text; null when it is null. */
    static @Nullable String asText(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** A flat object of texts. */
    static String write(Map<String, String> object) {
        var json = new StringBuilder("{");
        object.forEach((name, value) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            quote(json, name);
            json.append(':');
            quote(json, value);
        });
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private @Nullable Object value() {
        char c = next();
        return switch (c) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            default -> word(c);
        };
    }

    private Map<String, @Nullable Object> members() {
        var members = new LinkedHashMap<String, @Nullable Object>();
        char c = next();
        while (c != '}') {
            if (c == ',') {
                c = next();
            }
            require(c == '"');
            var name = string();
            require(next() == ':');
            members.put(name, value());
            c = next();
        }
        return members;
    }

    private List<@Nullable Object> elements() {
        var elements = new ArrayList<@Nullable Object>();
        char c = next();
        while (c != ']') {
            if (c != ',') {
                at--;
            }
            elements.add(value());
            c = next();
        }
        return elements;
    }

    private String string() {
        var string = new StringBuilder();
        for (char c = raw(); c != '"'; c = raw()) {
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() {
        char c = raw();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> (char) Integer.parseInt(new String(new char[] {raw(), raw(), raw(), raw()}), 16);
            default -> c;
        };
    }

    /** A number in its digits, true, false or null. */
    private @Nullable Object word(char first) {
        var word = new StringBuilder().append(first);
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            word.append(text.charAt(at++));
        }
        var literal = word.toString();
        return switch (literal) {
            case "null" -> null;
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> literal;
        };
    }

    private char next() {
        char c = raw();
        while (Character.isWhitespace(c)) {
            c = raw();
        }
        return c;
    }

    private char raw() {
        require(at < text.length());
        return text.charAt(at++);
    }

    private void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("Not the JSON that Connect sends, at character %d: %s"
                    .formatted(at, text.substring(0, Math.min(text.length(), 200))));
        }
    }
}
