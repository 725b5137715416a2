package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Features of the control API as lines for people. */
final class FeatureView {

    private FeatureView() {}

    /** Where the control API keeps the feature. */
    static String path(String feature) {
        if (!feature.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'" + Terminal.safe(feature)
                            + "' cannot be the name of a feature: names are small letters, digits and"
                            + " dashes. ./strangler features lists them.");
        }
        return "/control/features/" + feature;
    }

    static void print(JsonNode features, Terminal terminal) {
        var rows = new ArrayList<List<String>>();
        ControlApi.items(features)
                .forEach(feature -> rows.add(List.of(feature.path("name").asString("?"))));
        terminal.table(List.of("FEATURE"), rows);
    }
}
