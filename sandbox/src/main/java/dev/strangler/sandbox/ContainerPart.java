package dev.strangler.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * What all parts in containers share. The first start makes the container, later ones start the same one on its data. A kill is the engine's
 * SIGKILL to its first process, with which all others end.
 */
abstract class ContainerPart implements Part {

    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(30);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);

    private final String name;
    private final ContainerLog log;
    private @Nullable GenericContainer<?> container;

    ContainerPart(String name, Path directory) {
        this.name = name;
        this.log = new ContainerLog(directory.resolve(name + ".log"), Clock.systemUTC());
    }

    /** The container as it is to be; not started. */
    abstract GenericContainer<?> make();

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pid() {
        return container == null || !isRunning()
                ? notRunning()
                : state(container).getPidLong();
    }

    @Override
    public boolean isRunning() {
        return container != null && Boolean.TRUE.equals(state(container).getRunning());
    }

    @Override
    public void launch() {
        if (container == null) {
            var made = make();
            made.start();
            container = made;
        } else if (isRunning()) {
            throw new SandboxException("Cannot start %s: container %s already runs. Stop it first."
                    .formatted(name, container.getContainerId()));
        } else {
            client(container).startContainerCmd(container.getContainerId()).exec();
        }
        log.follow(client(container), container.getContainerId());
    }

    @Override
    public void stop() {
        if (container != null && isRunning()) {
            client(container)
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout((int) UNTIL_STOPPED.toSeconds())
                    .exec();
        }
    }

    @Override
    public void kill() {
        if (container == null) {
            return;
        }
        try {
            client(container)
                    .killContainerCmd(container.getContainerId())
                    .withSignal("KILL")
                    .exec();
        } catch (ConflictException runsNoMore) {
            return;
        }
        var deadline = System.nanoTime() + UNTIL_STOPPED.toNanos();
        while (isRunning()) {
            if (System.nanoTime() > deadline) {
                throw new SandboxException("Container %s of %s still runs %d s after SIGKILL. Look at the engine."
                        .formatted(container.getContainerId(), name, UNTIL_STOPPED.toSeconds()));
            }
            pause();
        }
    }

    /** Removes the container with its data. */
    void remove() {
        if (container != null) {
            container.stop();
        }
    }

    @Override
    public Path log() {
        return log.file();
    }

    /** Asks until the answer is yes; refuses at once when the container has ended; kills it when the limit has passed. */
    void await(Duration limit, BooleanSupplier ready) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (!isRunning()) {
                throw new SandboxException("The container of %s ended before it was ready. The end of %s:%n%s"
                        .formatted(name, log(), log.tail()));
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new SandboxException(
                        "The container of %s was not ready after %d s and was killed. Look for the cause in its log, or give it a quieter machine. The end of %s:%n%s"
                                .formatted(name, limit.toSeconds(), log(), log.tail()));
            }
            pause();
        }
    }

    @Override
    public String toString() {
        return name + " in a container";
    }

    private long notRunning() {
        throw new SandboxException("%s does not run. Start it first.".formatted(name));
    }

    private static InspectContainerResponse.ContainerState state(GenericContainer<?> container) {
        return client(container)
                .inspectContainerCmd(container.getContainerId())
                .exec()
                .getState();
    }

    private static DockerClient client(GenericContainer<?> container) {
        return container.getDockerClient();
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_QUESTIONS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while waiting for %s".formatted(name), e);
        }
    }
}
