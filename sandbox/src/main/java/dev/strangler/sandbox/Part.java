package dev.strangler.sandbox;

import java.nio.file.Path;

/**
 * One child process of the sandbox, or a container in its place. The handle of a child process is bound to a directory, not to the JVM that
 * started it: it can be created again by another JVM, which then finds the process by its pid file.
 */
public interface Part {

    /** The name that log, pid file and messages carry, e.g. {@code postgres}. */
    String name();

    /**
     * The process id.
     *
     * @throws SandboxException if the part does not run
     */
    long pid();

    /** Whether the process lives; says nothing about whether it answers. */
    boolean isRunning();

    /**
     * Starts it on the data of the last run and does not wait for it, so that others can be started meanwhile.
     *
     * @throws SandboxException if it already runs, or its port is taken
     */
    void launch();

    /**
     * Waits until what was launched answers; a part that does not in time is ended.
     *
     * @throws SandboxException if it dies, or does not answer within its time limit
     */
    void awaitReady();

    /**
     * Starts it on the data of the last run and returns when it answers.
     *
     * @throws SandboxException if it already runs, its port is taken, it dies, or it does not answer within its time limit
     */
    default void start() {
        launch();
        awaitReady();
    }

    /** Asks the process to end in good order; one that does not within its time limit is killed. No-op if it does not run. */
    void stop();

    /** Ends the process and its children without warning, as a power cut would (SIGKILL), and returns when they are gone. */
    void kill();

    /** What the process has written. */
    Path log();
}
