package dev.strangler.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code features}. */
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        header = "Shows per feature who answers, who writes, and how far behind the service is.",
        footer = {"", "Example:", "  ./strangler features"})
final class FeaturesCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    FeaturesCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var features = context.control().get("/control/features");
        if (strangler != null && strangler.json()) {
            context.terminal().line(features.toString());
        } else {
            FeatureView.print(features, context.terminal());
        }
        return 0;
    }
}
