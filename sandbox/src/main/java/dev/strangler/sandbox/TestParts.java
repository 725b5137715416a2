package dev.strangler.sandbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a test JVM, in the form that was asked for.
 *
 * @param discard ends all of them and throws away their data
 */
record TestParts(PostgresServer postgres, KafkaBroker kafka, ConnectWorker connect, Runnable discard) {

    private static final Logger LOG = LoggerFactory.getLogger(TestParts.class);
    private static final String PROPERTY = "strangler.sandbox.parts";

    /** What a part runs as. */
    enum Form {
        /** Child processes of this JVM, from Maven artefacts; needs nothing else. */
        PROCESSES,
        /** Containers of public images; needs an engine, and Testcontainers on the class path. */
        CONTAINERS
    }

    /** Those of a directory inside the target. Starts nothing; settles first what JVMs left that were killed outright. */
    static TestParts in(Path target, Path directory) {
        if (form() == Form.PROCESSES) {
            var sandbox = Sandbox.in(directory, Ports.free(), Speed.saidOr(Speed.QUICK));
            return new TestParts(sandbox.postgres(), sandbox.kafka(), sandbox.connect(), sandbox::discard);
        }
        LOG.info("PostgreSQL, Kafka and Connect run in containers, as -D{} says", PROPERTY);
        try {
            var abandoned = Containers.discardAbandoned(target);
            if (!abandoned.isEmpty()) {
                LOG.warn("Removed containers of test runs that were killed: {}", abandoned);
            }
            var containers = Containers.in(directory, Ports.free(), Speed.saidOr(Speed.QUICK));
            return new TestParts(containers.postgres(), containers.kafka(), containers.connect(), containers::discard);
        } catch (NoClassDefFoundError e) {
            throw new SandboxException(
                    "Containers were asked for with -D%s, but Testcontainers is not on the class path. Run with -Pcontainers, or leave the property out."
                            .formatted(PROPERTY),
                    e);
        }
    }

    private static Form form() {
        var said = System.getProperty(PROPERTY, Form.PROCESSES.name());
        return Arrays.stream(Form.values())
                .filter(form -> form.name().equalsIgnoreCase(said))
                .findFirst()
                .orElseThrow(() -> new SandboxException("-D%s=%s is not understood. Allowed are %s."
                        .formatted(PROPERTY, said, names(List.of(Form.values())))));
    }

    private static String names(List<Form> forms) {
        return forms.stream().map(form -> form.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }
}
