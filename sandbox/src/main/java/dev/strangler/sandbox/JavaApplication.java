package dev.strangler.sandbox;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An executable jar as a child process, ready when a URL answers 200. Listens where its environment tells it to. */
public final class JavaApplication extends ChildPart {

    private final Launch launch;

    private JavaApplication(String name, Path directory, Launch launch) {
        super(name, directory);
        this.launch = launch;
    }

    /**
     * How an application is started.
     *
     * @param jar              the executable jar
     * @param options          options of the JVM, e.g. {@code -Xmx256m}
     * @param environment      added to the environment of this process
     * @param workingDirectory created if missing
     * @param ports            the ports that it will listen on, checked before it starts
     * @param readiness        answers 200 once the application can be used
     * @param limit            how long that may take
     */
    public record Launch(
            Path jar,
            List<String> options,
            Map<String, String> environment,
            Path workingDirectory,
            List<Integer> ports,
            URI readiness,
            Duration limit) {

        /** Copies what could change. */
        public Launch {
            options = List.copyOf(options);
            environment = Map.copyOf(environment);
            ports = List.copyOf(ports);
        }

        /** A launch with a 256 MB heap and two minutes' time, whose only port is that of the readiness URL. */
        public static Launch of(Path jar, Map<String, String> environment, Path workingDirectory, URI readiness) {
            return new Launch(
                    jar,
                    List.of("-Xmx256m"),
                    environment,
                    workingDirectory,
                    List.of(readiness.getPort()),
                    readiness,
                    Duration.ofMinutes(2));
        }

        /** The same with other JVM options. */
        public Launch withOptions(List<String> others) {
            return new Launch(jar, others, environment, workingDirectory, ports, readiness, limit);
        }

        /** The same with all the ports that it listens on. */
        public Launch withPorts(List<Integer> all) {
            return new Launch(jar, options, environment, workingDirectory, all, readiness, limit);
        }

        /** The same with another time limit. */
        public Launch within(Duration other) {
            return new Launch(jar, options, environment, workingDirectory, ports, readiness, other);
        }
    }

    /** The application of that name in the directory, where its pid file and log lie; starts nothing. */
    public static JavaApplication in(Path directory, String name, Launch launch) {
        return new JavaApplication(name, directory, launch);
    }

    @Override
    public void launch() {
        process().requireStopped();
        launch.ports().forEach(port -> PortOwner.requireFree(name(), port));
        if (!Files.isReadable(launch.jar())) {
            throw new SandboxException("Cannot start %s: there is no jar %s. Build it first, e.g. with `mvn package`."
                    .formatted(name(), launch.jar().toAbsolutePath()));
        }
        var command = new ArrayList<String>();
        command.add(KafkaJvm.java());
        command.addAll(launch.options());
        command.addAll(List.of("-jar", launch.jar().toAbsolutePath().toString()));
        process().launch(command, launch.environment(), launch.workingDirectory());
    }

    @Override
    public void awaitReady() {
        process().await(launch.limit(), new HttpReadiness(launch.readiness())::answers);
    }
}
