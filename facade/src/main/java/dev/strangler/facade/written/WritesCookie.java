package dev.strangler.facade.written;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes as the value of a cookie, so that any instance of the façade can read them: {@code Asset:<id>:<version>:dam+pim|*:dam:<until>}.
 * A client can forge it and thereby only choose who answers its own reads.
 */
public final class WritesCookie {

    /** The cookie's name. */
    public static final String NAME = "strangler-wrote";

    private static final int MOST_CHARACTERS = 4_000;
    private static final Pattern PENDING = Pattern.compile("([^|]{1,130}):([a-z][a-z0-9-]*(?:\\+[a-z][a-z0-9-]*)*)");
    private static final Pattern ALL = Pattern.compile("\\*:([a-z][a-z0-9-]*):([0-9]{1,12})");

    private WritesCookie() {}

    /** The cookie's value; empty for nothing. */
    public static String write(Writes writes) {
        var parts = new ArrayList<String>();
        writes.pending()
                .forEach(entry -> parts.add(entry.written() + ":" + String.join("+", new TreeSet<>(entry.sides()))));
        writes.all().forEach((side, until) -> parts.add("*:" + side + ":" + until));
        return String.join("|", parts);
    }

    /** What the cookie says; nothing when it is not one of ours. */
    public static Writes read(String value, Instant now) {
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            return Writes.NONE;
        }
        List<Writes.Pending> pending = new ArrayList<>();
        Map<String, Long> all = new LinkedHashMap<>();
        for (var part : value.split("\\|")) {
            var everything = ALL.matcher(part);
            var entry = PENDING.matcher(part);
            if (everything.matches()) {
                all.put(
                        everything.group(1),
                        Math.min(Long.parseLong(everything.group(2)), now.getEpochSecond() + Writes.ALL_SECONDS));
            } else if (entry.matches()) {
                var sides = new LinkedHashSet<>(List.of(entry.group(2).split("\\+")));
                Written.parse(entry.group(1)).ifPresent(written -> pending.add(new Writes.Pending(written, sides)));
            }
        }
        return pending.size() > Writes.MOST ? Writes.NONE : new Writes(pending, all);
    }
}
