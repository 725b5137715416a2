package dev.strangler.architecture.assess;

import dev.strangler.architecture.assess.Assessment.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An assessment as one page of HTML that needs nothing else. */
public final class AssessmentPage {

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1b1f24; background: #fff }
            h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
            table { border-collapse: collapse } th, td { border: 1px solid #c9d1d9; padding: .25rem .6rem; text-align: left; vertical-align: top }
            thead th { position: sticky; top: 0; background: #f6f8fa } td.n { text-align: right; font-variant-numeric: tabular-nums }
            td.own { background: #e6f4ea } td.foreign { background: #fde7e9; font-weight: 600 } .scroll { overflow-x: auto }
            @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } thead th { background: #161b22 }
              th, td { border-color: #30363d } td.own { background: #12351f } td.foreign { background: #4a1a1f } }
            """;

    private final Assessment assessment;
    private final StringBuilder html = new StringBuilder();

    private AssessmentPage(Assessment assessment) {
        this.assessment = assessment;
    }

    /** The page. */
    public static String of(Assessment assessment, String title) {
        return new AssessmentPage(assessment).page(title);
    }

    private String page(String title) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Who writes what: ")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><main>\n<h1>Who writes what: ")
                .append(escaped(title))
                .append("</h1>\n");
        paragraph(String.format(
                Locale.ROOT,
                "%d classes read in %.1f s. %d tables, %d of them written by several parts. %d places may write what can't be read.",
                assessment.classes(),
                assessment.seconds(),
                assessment.tables().size(),
                assessment.contested().size(),
                assessment.unreadable().size()));
        matrix();
        order();
        list("Parts that need each other", assessment.cycles());
        list(
                "What the database writes by itself",
                assessment.hidden().stream()
                        .map(hidden -> (hidden.isAcross() ? hidden.from() + " → " + hidden.owner() + ": " : "")
                                + hidden.told())
                        .toList());
        list(
                "Methods that write tables of several parts",
                assessment.sharedMethods().stream()
                        .map(method -> method.place() + ": " + String.join(", ", method.tables()) + " ("
                                + String.join(", ", method.contexts()) + ")")
                        .toList());
        list(
                "Writes that can't be read",
                assessment.unreadable().stream()
                        .map(doubt -> doubt.context() + ": " + doubt.place() + ", since " + doubt.reason() + ": "
                                + doubt.what())
                        .toList());
        return html.append("</main></body></html>\n").toString();
    }

    private void matrix() {
        var columns = new ArrayList<>(
                assessment.contexts().stream().map(Assessment.Context::name).toList());
        columns.add(Contexts.SHARED);
        html.append(
                        "<h2>Tables by parts</h2>\n<p>Red: written by a part that does not own it. Point at a number to see the ways.</p>\n")
                .append(
                        "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">table</th><th scope=\"col\">owner</th>");
        columns.forEach(column ->
                html.append("<th scope=\"col\">").append(escaped(column)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        assessment.tables().forEach(table -> row(table, columns));
        html.append("</tbody></table></div>\n");
    }

    private void row(Table table, List<String> columns) {
        html.append("<tr><th scope=\"row\">")
                .append(escaped(table.name()))
                .append("</th><td>")
                .append(escaped(table.owner()))
                .append("</td>");
        for (var column : columns) {
            var cell = table.writers().get(column);
            if (cell == null) {
                html.append("<td></td>");
            } else {
                html.append("<td class=\"n ")
                        .append(column.equals(table.owner()) ? "own" : "foreign")
                        .append("\" title=\"")
                        .append(escaped(cell.channels() + "\n" + String.join("\n", cell.examples())))
                        .append("\">")
                        .append(cell.writes())
                        .append("</td>");
            }
        }
        html.append("</tr>\n");
    }

    private void order() {
        html.append("<h2>Which could leave first</h2>\n<ol>\n");
        for (var context : assessment.contexts()) {
            html.append("<li><strong>")
                    .append(escaped(context.name()))
                    .append("</strong> (")
                    .append("%d classes, %d tables, effort %d)"
                            .formatted(context.classes(), context.tables().size(), context.effort()));
            if (!context.inTheWay().isEmpty()) {
                html.append("<ul>");
                context.inTheWay()
                        .forEach(sentence ->
                                html.append("<li>").append(escaped(sentence)).append("</li>"));
                html.append("</ul>");
            }
            html.append("</li>\n");
        }
        html.append("</ol>\n");
    }

    private void list(String head, List<String> lines) {
        html.append("<h2>").append(escaped(head)).append("</h2>\n");
        if (lines.isEmpty()) {
            paragraph("None.");
            return;
        }
        html.append("<ul>\n");
        lines.forEach(line -> html.append("<li>").append(escaped(line)).append("</li>\n"));
        html.append("</ul>\n");
    }

    private void paragraph(String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
