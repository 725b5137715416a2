package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, a Kafka broker and a Connect worker in one directory: configuration, logs, pid files and data lie there and
 * nowhere else. Applications may share the directory ({@link JavaApplication}).
 */
public final class Sandbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private final Path directory;
    private final Ports ports;
    private final PostgresProcess postgres;
    private final KafkaProcess kafka;
    private final ConnectProcess connect;

    private Sandbox(Path directory, Ports ports, Speed speed, Supplier<Optional<Guard>> guard) {
        this.directory = directory.toAbsolutePath().normalize();
        this.ports = ports;
        this.postgres = new PostgresProcess(this.directory, ports.postgres());
        this.kafka = new KafkaProcess(this.directory, ports, speed, guard);
        this.connect = new ConnectProcess(this.directory, ports, speed, guard);
    }

    /**
     * The sandbox of a directory. Starts nothing, and finds processes that another JVM started there. Says in the log
     * what an earlier run left.
     */
    public static Sandbox in(Path directory, Ports ports) {
        return in(directory, ports, Speed.saidOr(Speed.SUSTAINED));
    }

    /** The same, tuned for something else than long life. */
    public static Sandbox in(Path directory, Ports ports, Speed speed) {
        return found(new Sandbox(directory, ports, speed, Optional::empty));
    }

    /**
     * The same, with a broker that lets nobody write who has not been given the right to. Rights are given by the client {@code admin}, whose
     * password is its name, at {@link KafkaBroker#guardedServers()}.
     *
     * @param passwords of the clients that may be given rights, by name; asked for at each start of the broker
     */
    public static Sandbox guarded(Path directory, Ports ports, Supplier<Map<String, String>> passwords) {
        var speed = Speed.saidOr(Speed.SUSTAINED);
        return found(new Sandbox(directory, ports, speed, () -> Optional.of(new Guard(passwords.get()))));
    }

    private static Sandbox found(Sandbox sandbox) {
        var leftOvers = sandbox.leftOvers();
        if (!leftOvers.isEmpty()) {
            LOG.info("Found: {}", leftOvers);
        }
        return sandbox;
    }

    /** The database server. */
    public PostgresServer postgres() {
        return postgres;
    }

    /** The broker. */
    public KafkaBroker kafka() {
        return kafka;
    }

    /** The worker. */
    public ConnectWorker connect() {
        return connect;
    }

    /** The ports of this sandbox. */
    public Ports ports() {
        return ports;
    }

    /** The three parts in the order in which they are started. */
    public List<Part> parts() {
        return List.of(postgres, kafka, connect);
    }

    /**
     * Ends the three at once, for data that nobody needs again. What makes the next start quicker is still saved, side
     * by side because a test JVM has only so long to end.
     */
    void discard() {
        List.of(kafka, connect).parallelStream().forEach(ChildPart::beforeEnd);
        parts().forEach(Part::kill);
    }

    /** What an earlier run left in the directory, as it is now. */
    public LeftOvers leftOvers() {
        return LeftOvers.in(directory);
    }

    /** {@link #start(Earlier, Starting) Starts} on the data of the last run, unless one of its processes still lives. */
    public void start() {
        start(Earlier.DATA_REUSED, Starting.UNHEARD);
    }

    /**
     * Starts the three side by side and returns when all answer. If one cannot, all that this call has started are ended.
     *
     * @throws SandboxException if what an earlier run left forbids it, another start is under way in the directory, a port
     *     is taken (the message names by whom), or a part dies or is not ready within its time limit
     */
    public void start(Earlier choice, Starting starting) {
        var begun = System.nanoTime();
        try (var lock = lock()) {
            var leftOvers = leftOvers();
            if (!leftOvers.isEmpty()) {
                starting.found(leftOvers, choice);
                leftOvers.settle(choice);
            }
            State.write(directory, ports);
            LOG.debug("Starting in {} under {}", directory, lock);
            startAll(starting, begun);
        } catch (IOException e) {
            throw new SandboxException("Cannot start in %s: %s".formatted(directory, e), e);
        }
    }

    private void startAll(Starting starting, long begun) {
        // The broker takes longest until others can go on, and Connect keeps asking for it.
        var inOrderOfLaunch = List.of(kafka, connect, postgres);
        try {
            for (var part : inOrderOfLaunch) {
                part.launch();
                starting.launched(part);
            }
            for (var part : List.of(postgres, kafka, connect)) {
                part.awaitReady();
                starting.ready(part, Duration.ofNanos(System.nanoTime() - begun));
            }
        } catch (RuntimeException e) {
            parts().forEach(Part::kill);
            throw e;
        }
    }

    private FileChannel lock() throws IOException {
        Files.createDirectories(directory);
        var channel = FileChannel.open(
                directory.resolve("sandbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException inThisJvm) {
            LOG.debug("Locked by this JVM", inThisJvm);
        }
        channel.close();
        throw new SandboxException(
                "Cannot start: another start is under way in %s. Wait for it, or choose another directory."
                        .formatted(directory));
    }

    /** Stops what runs, in reverse order. */
    @Override
    public void close() {
        connect.stop();
        kafka.stop();
        postgres.stop();
    }
}
