package dev.strangler.cli;

import dev.strangler.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** What all verbs on a feature have in common. */
abstract class FeatureCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "As named in strangler.yml, like assets.")
    private String feature = "";

    FeatureCommand(Context context) {
        this.context = context;
    }

    final String feature() {
        return feature;
    }

    final Context context() {
        return context;
    }

    final Terminal terminal() {
        return context.terminal();
    }

    final boolean isJson() {
        return strangler != null && strangler.json();
    }

    /** Reads what is below the feature. */
    final JsonNode get(String below) {
        return context.control().get(FeatureView.path(feature) + below);
    }

    /** Asks for the verb, in this user's name. */
    final JsonNode post(String verb, Map<String, Object> content) {
        var said = new LinkedHashMap<>(content);
        said.put("who", context.who());
        return context.control().post(FeatureView.path(feature) + "/" + verb, said);
    }

    /** Text from elsewhere, as a line of the result. */
    final void say(String text) {
        terminal().line(Terminal.safe(text));
    }
}
