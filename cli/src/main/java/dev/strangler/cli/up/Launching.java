package dev.strangler.cli.up;

import dev.strangler.cli.workspace.Workspace;
import dev.strangler.sandbox.Earlier;
import dev.strangler.sandbox.LeftOvers;
import dev.strangler.sandbox.Part;
import dev.strangler.sandbox.SandboxException;
import dev.strangler.sandbox.Starting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Starts the infrastructure side by side, settles databases and relay before anybody can write, then starts the
 * applications side by side. Ends nothing by itself when it fails: who called knows what else there is to end.
 */
final class Launching {

    private final Workspace workspace;
    private final Topology topology;
    private final UpProgress progress;
    private final BooleanSupplier isGivenUp;
    private volatile boolean isOver;

    /** @param isGivenUp asked before each further step */
    Launching(Workspace workspace, Topology topology, UpProgress progress, BooleanSupplier isGivenUp) {
        this.workspace = workspace;
        this.topology = topology;
        this.progress = progress;
        this.isGivenUp = isGivenUp;
    }

    /** Returns when every part can be used. What can be found wrong beforehand is, before anything runs. */
    void startAll(Earlier earlier) {
        topology.settlement().check();
        copyJars();
        progress.begin(topology.members().stream().map(Member::name).toList());
        topology.sandbox().start(earlier, new InfrastructureProgress());
        goOn();
        topology.settlement().createDatabases();
        goOn();
        topology.settlement().setUpRelay();
        goOn();
        startApplications();
    }

    /** Side by side; the first that fails ends the waiting for the others. */
    private void startApplications() {
        var applications = topology.applications();
        var starters = Executors.newFixedThreadPool(applications.size());
        try {
            var starts = new ExecutorCompletionService<Void>(starters);
            applications.forEach(member -> starts.submit(() -> start(member), null));
            for (int started = 0; started < applications.size(); started++) {
                starts.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the applications were starting", e);
        } finally {
            isOver = true;
            starters.shutdownNow();
        }
    }

    private void start(Member member) {
        goOn();
        var begun = System.nanoTime();
        progress.starting(member.name());
        try {
            member.part().start();
        } catch (RuntimeException e) {
            if (!isOver && !isGivenUp.getAsBoolean()) {
                progress.failed(member.name());
            }
            throw e;
        }
        progress.ready(member.name(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private void goOn() {
        if (isOver || isGivenUp.getAsBoolean()) {
            throw new GivenUp();
        }
    }

    private void copyJars() {
        try {
            Files.createDirectories(workspace.jars());
            for (var room : Topology.rooms()) {
                var built = workspace.built(room);
                if (!Files.isReadable(built)) {
                    throw new IllegalStateException(
                            "There is no " + built
                                    + ". The launcher builds it: run ./strangler up in the project, or mvn -DskipTests package.");
                }
                Files.copy(
                        built,
                        topology.copyOf(room),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy the jars to " + workspace.jars(), e);
        }
    }

    /** Somebody ends everything while it is being started; that is no failure to report. */
    static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GivenUp() {
            super("given up");
        }
    }

    private final class InfrastructureProgress implements Starting {

        @Override
        public void found(LeftOvers leftOvers, Earlier choice) {
            if (!leftOvers.data().isEmpty()) {
                progress.note(
                        choice == Earlier.DISCARDED
                                ? "Deleting the data of the last run, as --fresh asks for."
                                : "Going on with the data of the last run; --fresh starts empty.");
            }
        }

        @Override
        public void launched(Part part) {
            if (isGivenUp.getAsBoolean()) {
                throw new GivenUp();
            }
            progress.starting(part.name());
        }

        @Override
        public void ready(Part part, Duration after) {
            progress.ready(part.name(), after);
        }
    }

    /** What to tell a person about a failed start: the reason, with the end of the failing part's log. */
    static String reason(RuntimeException failure) {
        return failure instanceof SandboxException || failure.getMessage() != null
                ? String.valueOf(failure.getMessage())
                : failure.toString();
    }
}
