package dev.strangler.cli;

import dev.strangler.architecture.assess.Assessing;
import dev.strangler.architecture.assess.Assessment;
import dev.strangler.architecture.assess.AssessmentPage;
import dev.strangler.architecture.assess.Contexts;
import dev.strangler.architecture.assess.FirstMap;
import dev.strangler.architecture.assess.HiddenWriters;
import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.laws.Finding;
import dev.strangler.architecture.laws.WriteLaws;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.WrongFeatureMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code assess JAR|DIR}. */
@Command(
        name = "assess",
        mixinStandardHelpOptions = true,
        header = "Reads a monolith's classes and says which part writes which table, and which part could leave first.",
        description = {
            "",
            "Takes a jar (fat ones too), a directory of classes, or a Maven project that is compiled. Nothing of it is"
                    + " run. Parts are guessed from packages unless you name them. Writes a page, the same as JSON, and a"
                    + " first strangler.yml.",
            "",
            "What it can't see: writes that the database makes by itself outside the scripts (unless --database names"
                    + " it), and code that other processes run. What it can't read, it lists as such."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler assess ../shop/target/shop.jar",
            "  ./strangler assess ../shop --context orders=com.shop.order,com.shop.cart --context stock=com.shop.stock",
            "  ./strangler assess monolith --map strangler.yml",
            "  PGPASSWORD=... ./strangler assess ../shop --database 'jdbc:postgresql://localhost/shop?user=shop'",
            "",
            "Ends with 0 when the report is written, 2 when there is nothing to read, 3 when --map is given and a law"
                    + " is broken, 4 when the database does not answer."
        })
final class AssessCommand implements Callable<Integer> {

    private static final int MOST_LINES = 12;
    /** Of a database that is asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "JAR|DIR", description = "What to read.")
    private Path place = Path.of("");

    @Option(names = "--map", paramLabel = "FILE", description = "Judge by this feature map instead of guessing parts.")
    private @Nullable Path map;

    @Option(
            names = "--context",
            paramLabel = "NAME=PACKAGE[,PACKAGE]",
            description = "A part and its packages; everything not named is shared. Can be repeated.")
    private Map<String, String> named = new TreeMap<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "assessment",
            description = "Where the report goes. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("assessment");

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "A migrated database, jdbc:postgresql://HOST:PORT/NAME?user=NAME, to ask what it writes by itself."
                            + " Nothing in it is changed. The password is taken from PGPASSWORD.")
    private @Nullable String database;

    AssessCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        // What can be wrong at once is said before anything takes long.
        var features = features();
        var catalog = catalog();
        long begun = System.nanoTime();
        var writes = read();
        var contexts = contexts(writes.code(), features);
        var assessment = Assessing.of(writes, contexts, (System.nanoTime() - begun) / 1e9, catalog);
        List<Finding> findings = features == null
                ? List.of()
                : WriteLaws.forMonolith(features).judge(writes).findings();
        write(assessment, findings);
        if (strangler != null && strangler.json()) {
            context.terminal().line(json(assessment, findings));
        } else {
            print(assessment, findings);
        }
        return (findings.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED).number();
    }

    private Writes read() {
        try {
            return Writes.of(CodeBase.read(place));
        } catch (IllegalArgumentException nothing) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(nothing.getMessage()), nothing);
        }
    }

    private @Nullable Catalog catalog() {
        return database == null
                ? null
                : new MigratedDatabase(database, context.environment().get("PGPASSWORD"), PATIENCE).catalog();
    }

    private @Nullable FeatureMap features() {
        if (map == null) {
            return null;
        }
        try {
            return FeatureMap.load(map, context.environment());
        } catch (WrongFeatureMap wrong) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Contexts contexts(CodeBase code, @Nullable FeatureMap features) {
        if (features != null) {
            return Contexts.of(code, features);
        }
        if (named.isEmpty()) {
            return Contexts.guessed(code);
        }
        var packages = new TreeMap<String, List<String>>();
        named.forEach((name, list) -> packages.put(name, List.of(list.split(",", -1))));
        return Contexts.named(code, packages);
    }

    private void write(Assessment assessment, List<Finding> findings) {
        try {
            Files.createDirectories(out);
            var title = String.valueOf(place.toAbsolutePath().normalize().getFileName());
            Files.writeString(out.resolve("index.html"), AssessmentPage.of(assessment, title));
            Files.writeString(out.resolve("assessment.json"), json(assessment, findings));
            Files.writeString(out.resolve("strangler.yml"), FirstMap.of(assessment));
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "Can't write to " + out + ": " + unwritable.getMessage() + ". Name another --out.",
                    unwritable);
        }
    }

    private static String json(Assessment assessment, List<Finding> findings) {
        var whole = new TreeMap<String, Object>();
        whole.put("assessment", assessment);
        whole.put("findings", findings);
        return new JsonMapper().writeValueAsString(whole);
    }

    private void print(Assessment assessment, List<Finding> findings) {
        var terminal = context.terminal();
        terminal.line(String.format(
                Locale.ROOT,
                "%d classes in %.1f s. %d tables, %d written by several parts; %d places may write what can't be read.",
                assessment.classes(),
                assessment.seconds(),
                assessment.tables().size(),
                assessment.contested().size(),
                assessment.unreadable().size()));
        terminal.line("");
        var contested = new ArrayList<List<String>>();
        assessment.contested().stream()
                .limit(MOST_LINES)
                .forEach(table -> contested.add(List.of(
                        table.name(),
                        table.owner(),
                        String.join(
                                "; ",
                                table.writers().entrySet().stream()
                                        .map(writer -> writer.getKey() + ": " + ways(writer.getValue()))
                                        .toList()))));
        if (!contested.isEmpty()) {
            terminal.table(List.of("CONTESTED TABLE", "OWNER", "WRITERS"), contested);
            terminal.line("");
        }
        lines(
                "Written together, so that they can't part as they are:",
                assessment.sharedMethods().stream()
                        .map(method -> "%s: %s (%s)"
                                .formatted(
                                        method.place(),
                                        String.join(", ", method.tables()),
                                        String.join(", ", method.contexts())))
                        .toList());
        lines("Parts that need each other:", assessment.cycles());
        lines(
                "May write what can't be read:",
                assessment.unreadable().stream()
                        .map(doubt -> "%s, since %s: %s".formatted(doubt.place(), doubt.reason(), doubt.what()))
                        .toList());
        assessment.hidden().stream()
                .filter(HiddenWriters.Hidden::isAcross)
                .limit(MOST_LINES)
                .forEach(hidden -> terminal.line("By itself the database writes across parts: " + hidden.told()));
        var order = new ArrayList<List<String>>();
        assessment.contexts().stream()
                .filter(part -> !part.tables().isEmpty())
                .limit(MOST_LINES)
                .forEach(part -> order.add(List.of(
                        part.name(),
                        String.valueOf(part.tables().size()),
                        String.valueOf(part.effort()),
                        String.join("; ", part.inTheWay()))));
        terminal.table(List.of("PART", "TABLES", "EFFORT", "IN THE WAY (easiest first)"), order);
        findings.forEach(finding -> terminal.line(finding.message()));
        terminal.note(
                "The whole is in " + out.resolve("index.html") + ", assessment.json and strangler.yml beside it.");
    }

    private void lines(String head, List<String> lines) {
        if (!lines.isEmpty()) {
            context.terminal().line(head);
            lines.stream().limit(MOST_LINES).forEach(line -> context.terminal().line("  " + line));
            if (lines.size() > MOST_LINES) {
                context.terminal().line("  and %d more".formatted(lines.size() - MOST_LINES));
            }
            context.terminal().line("");
        }
    }

    private static String ways(Assessment.Cell cell) {
        return String.join(
                ", ",
                cell.channels().entrySet().stream()
                        .map(way -> way.getKey().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + way.getValue())
                        .toList());
    }
}
