package dev.strangler.sandbox;

import java.nio.file.Path;

/**
 * One child process of the sandbox. A handle is bound to a directory, not to the JVM that started the process: it can be
 * created again by another JVM, which then finds the process by its pid file.
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
     * Starts the process on the data of the last run and returns when it answers.
     *
     * @throws SandboxException if it already runs, its port is taken, it dies, or it does not answer within its time limit
     */
    void start();

    /** Asks the process to end in good order; one that does not within its time limit is killed. No-op if it does not run. */
    void stop();

    /** Ends the process and its children without warning, as a power cut would (SIGKILL), and returns when they are gone. */
    void kill();

    /** What the process has written. */
    Path log();
}
