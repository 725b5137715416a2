package dev.strangler.cli.up;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.workspace.Addresses;
import dev.strangler.cli.workspace.Run;
import dev.strangler.cli.workspace.Settings;
import dev.strangler.cli.workspace.StateFiles;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.sandbox.Earlier;
import dev.strangler.sandbox.LeftOvers;
import dev.strangler.sandbox.ProcessIdentity;
import dev.strangler.sandbox.SandboxException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run of everything, from the first process to the last. While it is supervised, a signal to this JVM (Ctrl-C, the
 * end of the terminal, {@code down}) ends all parts in reverse order before the JVM goes.
 */
public final class Up {

    private final Workspace workspace;
    private final StateFiles files;
    private final Addresses addresses;
    private final Clock clock;
    private final UpProgress progress;
    private final Topology topology;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean complete = new AtomicBoolean();
    private final Thread endAtSignal = new Thread(this::endAtSignal, "end-at-signal");

    /** A run in the workspace at the addresses; starts nothing yet. */
    public Up(Workspace workspace, Addresses addresses, Clock clock, UpProgress progress) {
        this.workspace = workspace;
        this.files = new StateFiles(workspace);
        this.addresses = addresses;
        this.clock = clock;
        this.progress = progress;
        this.topology = new Topology(workspace, addresses);
    }

    /** What the parts are and where they listen. */
    public Topology topology() {
        return topology;
    }

    /**
     * Starts nothing and refuses if something runs here already, so that nobody waits for a build in vain.
     *
     * @throws CommandFailure REFUSED if something runs here already
     */
    public void check() {
        try (var lock = UpLock.take(workspace)) {
            refuseWhileRunning();
        }
    }

    /**
     * Starts everything and returns when all of it can be used. If a part fails, what was started is ended again.
     *
     * @param fresh whether the data of earlier runs is deleted first
     * @param work done once everything can be used, with everything under supervision; ends nothing when it throws
     * @throws CommandFailure REFUSED if something runs here already; FAILED if a part does not come up, with the end of its log
     */
    public void run(boolean fresh, Runnable work) {
        try (var lock = UpLock.take(workspace)) {
            refuseWhileRunning();
            endLeftOvers();
            files.write(new Settings(addresses.portOffset()));
            files.write(new Run(addresses.portOffset(), clock.instant(), ProcessIdentity.current()));
            Token.write(workspace.token());
            Runtime.getRuntime().addShutdownHook(endAtSignal);
            start(fresh);
            complete.set(true);
            work.run();
        }
    }

    private void start(boolean fresh) {
        try {
            new Launching(workspace, topology, progress, ending::get)
                    .startAll(fresh ? Earlier.DISCARDED : Earlier.DATA_REUSED);
            progress.end();
        } catch (RuntimeException e) {
            progress.end();
            if (ending.get()) {
                waitForTheEnd();
            }
            Runtime.getRuntime().removeShutdownHook(endAtSignal);
            endAll(progress::note);
            throw new CommandFailure(
                    ExitCode.FAILED, Launching.reason(e) + "\nWhat had been started was ended again.", e);
        }
    }

    /** Leaves the parts running on their own: the end of this JVM no longer ends them. */
    public void detach() {
        Runtime.getRuntime().removeShutdownHook(endAtSignal);
        files.run().ifPresent(run -> files.write(run.detached()));
    }

    private void refuseWhileRunning() {
        var running = names(LeftOvers.in(workspace.state()));
        files.run()
                .filter(run -> !running.isEmpty() && run.supervisor() == null)
                .ifPresent(run -> {
                    throw new CommandFailure(
                            ExitCode.REFUSED,
                            "It already runs here since " + run.startedAt().truncatedTo(ChronoUnit.SECONDS)
                                    + ", port offset " + run.portOffset() + ": " + running
                                    + ". Use it (./strangler status), end it first (./strangler down), or set"
                                    + " STRANGLER_STATE to another directory and choose a --port-offset.");
                });
    }

    private static String names(LeftOvers leftOvers) {
        return leftOvers.running().stream()
                .map(process -> process.name() + " (process " + process.pid() + ")")
                .collect(Collectors.joining(", "));
    }

    private void endLeftOvers() {
        var left = names(LeftOvers.in(workspace.state()));
        if (!left.isEmpty()) {
            progress.note("The last up has gone without ending its parts. Still running: " + left + ".");
            endAll(progress::note);
        }
    }

    private void endAll(Consumer<String> said) {
        new Ending(topology, workspace.state()).endAll(said);
        files.forgetRun();
        Token.delete(workspace.token());
    }

    /** Runs in the shutdown hook. The exit code says whether what was asked for had been reached. */
    private void endAtSignal() {
        ending.set(true);
        progress.end();
        try {
            endAll(progress::note);
            progress.note("Everything has ended; the data stays in " + workspace.data() + ".");
            Runtime.getRuntime().halt(complete.get() ? ExitCode.DONE.number() : 130);
        } catch (SandboxException | IllegalStateException e) {
            progress.note(String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(ExitCode.FAILED.number());
        }
    }

    /** The hook ends the JVM. */
    static void waitForTheEnd() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
