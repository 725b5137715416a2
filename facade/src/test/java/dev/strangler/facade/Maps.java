package dev.strangler.facade;

import dev.strangler.cutover.FeatureMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The shipped feature map, at the addresses of a test. */
public final class Maps {

    public static final Path SHIPPED = Path.of("..", "strangler.yml");
    /** Nobody listens there: the port is privileged and unassigned. */
    public static final String NOWHERE = "127.0.0.1:1";

    private Maps() {}

    /** The environment in which the shipped map names these addresses, and nobody else's. */
    public static Map<String, String> environment(String monolith, String dam, String pim) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("MONOLITH_URL", monolith);
        environment.put("DAM_URL", dam);
        environment.put("PIM_URL", pim);
        for (var side : new String[] {"MONOLITH", "DAM", "PIM"}) {
            environment.put(side + "_DATABASE_URL", "jdbc:postgresql://" + NOWHERE + "/" + side.toLowerCase());
        }
        environment.put("KAFKA_BOOTSTRAP", NOWHERE);
        environment.put("CONNECT_URL", "http://" + NOWHERE);
        return environment;
    }

    public static FeatureMap map(Map<String, String> environment) {
        return FeatureMap.load(SHIPPED, environment);
    }

    /** The map as a file that needs no environment. */
    public static Path file(Path directory, Map<String, String> environment) {
        return file(directory, environment, text -> text);
    }

    /** The map as a file that needs no environment, with further changes. */
    public static Path file(Path directory, Map<String, String> environment, UnaryOperator<String> change) {
        try {
            var text = Files.readString(SHIPPED);
            for (var variable : environment.entrySet()) {
                text = text.replaceAll("\\$\\{" + variable.getKey() + ":[^}]*}", variable.getValue());
            }
            // The broker of tests lets everybody write. And a role that only verifies must have been granted what it
            // looks at; a
            // test without one leaves that to the owner.
            var own = change.apply(text)
                    .replaceAll("(?m)^ +verifier: \\{name: (monolith|dam|pim)_verifier,.*\n", "")
                    .replaceAll("(?m)^  guarded:\n(    .*\n)+", "");
            return Files.writeString(Files.createTempFile(directory, "strangler", ".yml"), own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
