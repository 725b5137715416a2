package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.up.PartState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Shows part by part what runs, and per feature who answers and how far behind the service is.",
        footer = {"", "Example:", "  ./strangler status", "", "Ends with 4 when the control API does not answer."})
final class StatusCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var terminal = context.terminal();
        var parts = context.whole().states();
        JsonNode features = null;
        CommandFailure failure = null;
        try {
            features = context.control().get("/control/features");
        } catch (CommandFailure e) {
            failure = e;
        }
        if (strangler != null && strangler.json()) {
            var told = new LinkedHashMap<String, Object>();
            if (!context.isComposed()) {
                told.put("portOffset", context.files().addresses().portOffset());
            }
            told.put("parts", parts);
            if (features != null) {
                told.put("features", features);
            } else if (failure != null) {
                told.put("message", failure.getMessage());
            }
            terminal.line(new JsonMapper().writeValueAsString(told));
        } else if (parts.stream().allMatch(part -> part.state().equals(PartState.ENDED))) {
            terminal.line("Nothing runs here.");
        } else {
            terminal.table(
                    List.of("PART", "STATE", "PROCESS", "PORT", "URL"),
                    parts.stream()
                            .map(part -> List.of(
                                    part.name(),
                                    part.state(),
                                    Objects.toString(part.pid(), "-"),
                                    part.port() == 0 ? "-" : Integer.toString(part.port()),
                                    part.url().isEmpty() ? "-" : part.url()))
                            .toList());
            if (features != null) {
                terminal.line("");
                FeatureView.print(features, terminal);
            }
        }
        if (failure != null) {
            terminal.note(String.valueOf(failure.getMessage()));
            return failure.exitCode().number();
        }
        return ExitCode.DONE.number();
    }
}
