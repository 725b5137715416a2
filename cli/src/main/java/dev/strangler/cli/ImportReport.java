package dev.strangler.cli;

import dev.strangler.cli.catalogue.ImportProgress;
import dev.strangler.cli.catalogue.ImportResult;
import dev.strangler.cli.terminal.Terminal;

/** What a person sees of an import. */
final class ImportReport {

    private ImportReport() {}

    /** A bar on a screen, plain lines elsewhere. */
    static ImportProgress progress(Context context) {
        return context.terminal().isLive() ? new BarOfImport() : new LinesOfImport(context.terminal(), context.clock());
    }

    static void print(ImportResult result, Terminal terminal) {
        var bad = result.badRows();
        var isNothingNew = result.created().products() + result.created().images() == 0;
        terminal.line(isNothingNew ? "Imported: nothing new." : sentence("Imported", result.created()));
        if (result.alreadyThere().products() + result.alreadyThere().images() > 0) {
            terminal.line(sentence("Already there", result.alreadyThere()));
        }
        if (!bad.isEmpty()) {
            terminal.line(bad.size() == 1 ? "1 row is bad:" : bad.size() + " rows are bad:");
            bad.forEach(row -> terminal.line("  line " + row.line()
                    + (row.handle().isEmpty() ? "" : " (" + Terminal.safe(row.handle()) + ")") + ": "
                    + Terminal.safe(row.reason())));
            terminal.line("Correct them and import again; what is in stays as it is.");
        }
    }

    private static String sentence(String what, ImportResult.Counts counts) {
        return what + ": " + counts.products() + (counts.products() == 1 ? " product, " : " products, ")
                + counts.images() + (counts.images() == 1 ? " image." : " images.");
    }
}
