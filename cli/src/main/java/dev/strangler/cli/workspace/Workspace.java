package dev.strangler.cli.workspace;

import java.nio.file.Path;
import java.util.Map;

/**
 * The project and the directory in which a running sandbox keeps its state.
 *
 * @param root the project: jars are built there, {@code strangler.yml} lies there
 * @param state logs ({@code <part>.log}), process ids, data and the token of what runs; {@code .strangler} in the root
 *     unless said otherwise
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

    /** What a part has written. */
    public Path log(String part) {
        return state.resolve(part + ".log");
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

    /** Held while an {@code up} starts or watches here, so that there is one at a time. */
    public Path lock() {
        return state.resolve("up.lock");
    }

    /** What describes the features: which paths, which service, which tables. */
    public Path featureMap() {
        return root.resolve("strangler.yml");
    }

    /** The executable jar of a room, as the build leaves it. */
    public Path built(String room) {
        return root.resolve(room).resolve("target").resolve("strangler-" + room + "-exec.jar");
    }

    /** The shop, the services and the façade as they were when they were started. */
    public Path jars() {
        return state.resolve("jars");
    }
}
