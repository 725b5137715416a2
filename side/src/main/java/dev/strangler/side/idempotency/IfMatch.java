package dev.strangler.side.idempotency;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of an aggregate a command wants to change (RFC 9110, 13.1.1).
 *
 * @param tags entity tags as sent, with their quotes; empty if the client does not mind
 */
public record IfMatch(List<String> tags) {

    /** The client does not mind which version it changes. */
    public static final IfMatch ANY = new IfMatch(List.of());

    private static final Pattern TAG = Pattern.compile("\\G\\s*((?:W/)?\"[\\x21\\x23-\\x7e]*\")\\s*(?:,|$)");

    public IfMatch {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the header's value.
     *
     * @throws Refusal INVALID if it is neither {@code *} nor a list of quoted entity tags
     */
    public static IfMatch parse(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return ANY;
        }
        Matcher matcher = TAG.matcher(header);
        var tags = new ArrayList<String>();
        int end = 0;
        while (end < header.length() && matcher.find()) {
            tags.add(matcher.group(1));
            end = matcher.end();
        }
        if (tags.isEmpty() || end < header.length() || header.stripTrailing().endsWith(",")) {
            throw Refusal.invalid("If-Match", "must be * or the ETag of an earlier answer with its quotes, like \"3\"");
        }
        return new IfMatch(tags);
    }

    /** The entity tag of a version. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Does nothing if the client wants to change this version. Weak tags never match, as the comparison is a strong one.
     *
     * @param name what it is, for the message, like {@code Product LAMP-1}
     * @throws Refusal STALE if it wants another one
     */
    public void check(String name, long version) {
        if (!tags.isEmpty() && !tags.contains(tag(version))) {
            throw Refusal.of(
                    Kind.STALE,
                    name + " has version " + version + ", but If-Match asks for " + String.join(", ", tags)
                            + ". Read it again and decide anew.");
        }
    }
}
