package dev.strangler.acceptance;

import dev.strangler.cli.compose.Composed;
import dev.strangler.cli.control.ControlApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The system in containers, as {@code ./strangler --compose up} has started it. Starts nothing itself: whoever has started it, ends it.
 */
final class ComposedShop implements Shop {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Composed containers = new Composed(ROOT, System.getenv());

    @Override
    public CommandLine.Result cli(Duration limit, String... arguments) {
        return CommandLine.run(
                Map.of(
                        "STRANGLER_HOME",
                        ROOT.toString(),
                        "STRANGLER_STATE",
                        Path.of("target", "composed").toAbsolutePath().toString()),
                limit,
                Stream.concat(Stream.of(arguments), Stream.of("--compose")).toArray(String[]::new));
    }

    @Override
    public ControlApi control() {
        return new ControlApi(containers.control(), containers::token, ControlApi.Limits.DEFAULT);
    }

    @Override
    public Client client() {
        return new Client(containers.facade());
    }

    @Override
    public Client directly(String side) {
        return new Client(containers.side(side));
    }

    Composed containers() {
        return containers;
    }
}
