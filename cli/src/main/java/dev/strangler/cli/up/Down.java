package dev.strangler.cli.up;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.workspace.StateFiles;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.sandbox.LeftOvers;
import dev.strangler.sandbox.ProcessIdentity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Ends everything that runs in a workspace, whoever started it. */
public final class Down {

    /** Seven parts with half a minute each to end in good order. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Workspace workspace;
    private final StateFiles files;

    /** Ends what runs in this workspace. */
    public Down(Workspace workspace) {
        this.workspace = workspace;
        this.files = new StateFiles(workspace);
    }

    /**
     * Ends all parts; an {@code up} in the foreground is asked to do it itself.
     *
     * @return what was ended, with process ids; empty when nothing ran
     */
    public List<String> run(Consumer<String> said) {
        var supervisor = files.run().map(run -> run.supervisor()).flatMap(ProcessIdentity::process);
        if (supervisor.isPresent()) {
            return askSupervisor(supervisor.get(), said);
        }
        var ended = new Ending(new Topology(workspace, files.addresses()), workspace.state()).endAll(said);
        files.forgetRun();
        Token.delete(workspace.token());
        return ended;
    }

    private List<String> askSupervisor(ProcessHandle supervisor, Consumer<String> said) {
        var running = LeftOvers.in(workspace.state()).running().stream()
                .map(process -> process.name() + " (process " + process.pid() + ")")
                .toList();
        said.accept("asking the up in the foreground (process " + supervisor.pid() + ") to end everything");
        supervisor.destroy();
        try {
            supervisor.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "Process " + supervisor.pid() + " has not ended everything within " + LIMIT.toSeconds()
                            + " s. End it with kill -9 " + supervisor.pid() + ", then run ./strangler down again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNKNOWN, "Interrupted while everything was ending.", e);
        } catch (java.util.concurrent.ExecutionException | CompletionException e) {
            throw new IllegalStateException(e);
        }
        // What it could not end, and the files that it may have left.
        new Ending(new Topology(workspace, files.addresses()), workspace.state()).endAll(said);
        files.forgetRun();
        return running;
    }
}
