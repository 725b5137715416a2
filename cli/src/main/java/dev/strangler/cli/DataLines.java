package dev.strangler.cli;

import dev.strangler.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What is known of a feature's data, in words. */
final class DataLines {

    private static final int SHOWN_DISCREPANCIES = 20;

    private DataLines() {}

    /** One line about a feature: proof, both directions, backfill. */
    static String feature(JsonNode data) {
        var parts = new ArrayList<String>();
        parts.add("data " + proof(data.path("proof")));
        for (var tracing : data.path("tracings")) {
            parts.add(tracing(tracing));
        }
        var backfill = data.path("backfill");
        if (backfill.isObject()) {
            parts.add("backfill " + backfill(backfill));
        }
        return String.join("; ", parts);
    }

    /** How a backfill stands. */
    static String backfill(JsonNode backfill) {
        long appended = backfill.path("appended").asLong(0);
        long total = backfill.path("total").asLong(0);
        return switch (backfill.path("state").asString("?")) {
            case "DONE" -> String.format(Locale.ROOT, "done, %,d rows", appended);
            case "SETTLING" -> String.format(Locale.ROOT, "all %,d rows said, not all applied yet", appended);
            case "FAILED" -> String.format(Locale.ROOT, "failed after %,d of %,d rows", appended, total);
            default ->
                String.format(
                                Locale.ROOT,
                                "%,d of %,d rows, %,.0f/s%s",
                                appended,
                                total,
                                backfill.path("rate").asDouble(0),
                                left(backfill.path("secondsLeft")))
                        + (backfill.path("waiting").isString()
                                ? ", waits: " + backfill.path("waiting").asString("")
                                : "");
        };
    }

    /** How a proof stands. */
    static String proof(JsonNode proof) {
        if (!proof.isObject()) {
            return "not proven";
        }
        var age = age(proof.path("ageSeconds").asLong(0));
        var stale = proof.path("stale").asString("");
        return verdict(proof) + " " + age + " ago" + (stale.isEmpty() ? "" : " (stale: " + stale + ")");
    }

    /** The lines about a comparison that is over. */
    static List<String> verification(JsonNode verification) {
        var lines = new ArrayList<String>();
        var proof = verification.path("proof");
        lines.add(verdict(proof)
                + String.format(Locale.ROOT, " (%,d rows)", proof.path("rows").asLong(0)));
        long repaired = verification.path("repaired").asLong(0);
        if (repaired > 0) {
            lines.add(String.format(Locale.ROOT, "%,d rows were said again before that.", repaired));
        }
        var trouble = verification.path("trouble").asString("");
        if (!trouble.isEmpty()) {
            lines.add(Terminal.safe(trouble));
        }
        int shown = 0;
        for (var discrepancy : verification.path("discrepancies")) {
            if (shown++ < SHOWN_DISCREPANCIES) {
                lines.addAll(discrepancy(discrepancy));
            }
        }
        if (shown > SHOWN_DISCREPANCIES) {
            lines.add("  … all that are kept with --json");
        }
        return lines;
    }

    private static List<String> discrepancy(JsonNode discrepancy) {
        var lines = new ArrayList<String>();
        lines.add("  " + discrepancy.path("key").asString("?") + " "
                + discrepancy.path("kind").asString("?").toLowerCase(Locale.ROOT) + ", owner "
                + version(discrepancy.path("ownerVersion")) + ", copy " + version(discrepancy.path("copyVersion"))
                + ", " + remedy(discrepancy));
        for (var field : discrepancy.path("fields")) {
            lines.add("    " + field.path("path").asString("?") + ": owner "
                    + field.path("owner").asString("absent") + ", copy "
                    + field.path("copy").asString("absent"));
        }
        return lines.stream().map(Terminal::safe).toList();
    }

    private static String remedy(JsonNode discrepancy) {
        var why = discrepancy.path("why").asString("");
        return switch (discrepancy.path("repair").asString("")) {
            case "snapshot" -> "repaired by a snapshot";
            case "last-word" -> "repaired by the owner's last word: " + why;
            case "rebuild" -> "repaired by a rebuild: " + why;
            case "none" -> "not repaired: " + why;
            default -> "unknown what repairs it: " + why;
        };
    }

    private static String version(JsonNode version) {
        return version.isNumber() ? "v" + version.asLong(0) : "has none";
    }

    private static String verdict(JsonNode proof) {
        return switch (proof.path("verdict").asString("?")) {
            case "EQUAL" -> "proven equal";
            case "DIFFERENT" ->
                String.format(
                        Locale.ROOT,
                        "%,d rows differ",
                        proof.path("discrepancies").asLong(0));
            default ->
                String.format(
                        Locale.ROOT,
                        "unsettled, %,d rows under way",
                        proof.path("inFlight").asLong(0));
        };
    }

    private static String tracing(JsonNode tracing) {
        var direction = tracing.path("direction").asString("?");
        var said = tracing.path("roundTripMillis").isNumber()
                ? direction + " " + tracing.path("roundTripMillis").asLong(0) + " ms, "
                        + age(tracing.path("ageSeconds").asLong(0)) + " ago"
                : direction + " never crossed";
        var trouble = tracing.path("trouble").asString("");
        return trouble.isEmpty() ? said : said + " (" + trouble + ")";
    }

    private static String left(JsonNode seconds) {
        return seconds.isNumber() ? ", " + age(seconds.asLong(0)) + " left" : "";
    }

    private static String age(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }
}
