package dev.strangler.cli.workspace;

import java.nio.file.Path;
import java.util.Map;

/**
 * The project and the directory in which a running sandbox keeps its state.
 *
 * @param root the project: jars are built there, {@code strangler.yml} lies there
 * @param state logs, pids, data and the token of what runs; {@code .strangler} in the root unless said otherwise
 */
public record Workspace(Path root, Path state) {

    /**
     * As the launcher says: {@code STRANGLER_HOME} is the project (default: the working directory),
     * {@code STRANGLER_STATE} the directory of the state, so that a second sandbox can run beside the first.
     */
    public static Workspace of(Map<String, String> environment) {
        var root = Path.of(environment.getOrDefault("STRANGLER_HOME", ""))
                .toAbsolutePath()
                .normalize();
        var state = environment.getOrDefault("STRANGLER_STATE", "");
        return new Workspace(root, root.resolve(state.isEmpty() ? ".strangler" : state));
    }

    /** One log per part, named after it. */
    public Path logs() {
        return state.resolve("logs");
    }

    /** The log of a part. */
    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** The bearer token of the control API, readable by its owner only. */
    public Path token() {
        return state.resolve("token");
    }

    /** What runs; absent when nothing does. */
    public Path runFile() {
        return state.resolve("run.json");
    }

    /** What is remembered from one start to the next. */
    public Path settingsFile() {
        return state.resolve("settings.json");
    }

    /** Files of the parts: databases, topics, images. */
    public Path data() {
        return state.resolve("data");
    }

    /** The shop, the services and the façade as they were when they were started. */
    public Path jars() {
        return state.resolve("jars");
    }
}
