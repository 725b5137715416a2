package dev.strangler.cli;

import dev.strangler.cli.catalogue.Catalogue;
import dev.strangler.cli.catalogue.ImportResult;
import dev.strangler.cli.catalogue.Importing;
import dev.strangler.cli.catalogue.Patience;
import dev.strangler.cli.catalogue.ProductExport;
import dev.strangler.cli.catalogue.ShopDoesNotAnswer;
import dev.strangler.cli.catalogue.UnreadableCatalogue;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code import DIR}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        header = "Brings a catalogue into the shop, through the façade.",
        description = {
            "",
            "DIR holds products.csv in the column layout of a Shopify product export, and the images that its column"
                    + " 'Image Src' names relative to it. The rows of one Handle make one product: it takes the SKU and the price"
                    + " of the first variant that has one (the handle where no variant has a SKU), the text of its HTML body, its"
                    + " tags and its type as tags, and its images by their position.",
            "",
            "Run it as often as you like: pictures are known by their content and products by their SKU, so a second run"
                    + " changes nothing and completes what was interrupted. Products that are there already are not changed, apart"
                    + " from images that they lack. Rows that cannot go in are listed by line; the others go in."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Example:",
            "  ./strangler import examples/catalogue",
            "",
            "Ends with 0 when everything is in, 1 when rows are listed as bad, 4 when the shop stays away."
        })
final class ImportCommand implements Callable<Integer> {

    static final String DEFAULT_CURRENCY = "USD";

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "DIR", description = "The directory that holds products.csv.")
    private Path directory = Path.of("");

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = DEFAULT_CURRENCY,
            description = "Currency of all prices, since the file names none. Default: ${DEFAULT-VALUE}.")
    private String currency = DEFAULT_CURRENCY;

    @Option(names = "--to", paramLabel = "URL", description = "Address of the façade. Default: the one that runs here.")
    private @Nullable URI to;

    ImportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var facade = to == null ? context.whole().facade() : to;
        var atInterrupt = new Thread(() -> context.terminal()
                .note("Interrupted. What went in stays in; run the same command again and it completes the rest."));
        Runtime.getRuntime().addShutdownHook(atInterrupt);
        ImportResult result;
        try {
            result = run(context, directory, currency, facade);
        } finally {
            Runtime.getRuntime().removeShutdownHook(atInterrupt);
        }
        if (strangler != null && strangler.json()) {
            context.terminal().line(new JsonMapper().writeValueAsString(result));
        } else {
            ImportReport.print(result, context.terminal());
        }
        return (result.badRows().isEmpty() ? ExitCode.DONE : ExitCode.FAILED).number();
    }

    /** Whether the shop has no products yet. */
    static boolean isEmpty(Context context, URI facade) {
        try {
            return Importing.isEmpty(facade, Patience.DEFAULT, context.clock());
        } catch (ShopDoesNotAnswer e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The import itself, as {@code up} does it too. */
    static ImportResult run(Context context, Path directory, String currency, URI facade) {
        Catalogue catalogue;
        try {
            catalogue = ProductExport.in(directory.toAbsolutePath().normalize());
        } catch (UnreadableCatalogue e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
        var progress = ImportReport.progress(context);
        try {
            return new Importing(facade, currency, Patience.DEFAULT, context.clock(), progress).run(catalogue);
        } catch (ShopDoesNotAnswer e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    e.getMessage() + " What went in stays in; run the same command again and it completes the rest.",
                    e);
        }
    }
}
