package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Under which account PostgreSQL runs. It refuses to run as root; a user namespace without a mapping makes root look
 * like nobody to the process while files stay root's, so nothing has to change hands.
 */
enum Account {
    /** An ordinary user: the programs run as they are. */
    ORDINARY(""),
    /** Root with user namespaces, and a user id without a name, which PostgreSQL refuses too. */
    NAMESPACE("unshare -U"),
    /** Root without user namespaces: the data directory must belong to the account {@code nobody}. */
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups");

    private static final int SECONDS_FOR_A_TRIAL = 10;

    private final String prefix;

    Account(String prefix) {
        this.prefix = prefix;
    }

    List<String> command(List<String> command) {
        return Stream.concat(Stream.of(prefix.split(" ", -1)).filter(word -> !word.isEmpty()), command.stream())
                .toList();
    }

    /** Gives the files to the account; only {@link #NOBODY} needs that. */
    void own(Path directory) {
        if (this == NOBODY) {
            succeeds(List.of("chown", "-R", "65534:65534", directory.toString()));
        }
    }

    /** Whether the account may enter the directory; only {@link #NOBODY} has to ask. */
    boolean enters(Path directory) {
        return this != NOBODY || succeeds(command(List.of("test", "-x", directory.toString())));
    }

    static Account forPostgres() {
        if (!isRoot()) {
            return isNameless() && succeeds(NAMESPACE.command(List.of("true"))) ? NAMESPACE : ORDINARY;
        }
        return Stream.of(NAMESPACE, NOBODY)
                .filter(account -> succeeds(account.command(List.of("true"))))
                .findFirst()
                .orElseThrow(
                        () -> new SandboxException(
                                "PostgreSQL refuses to run as root, and neither `unshare -U` nor `setpriv` works here. Run as an ordinary user."));
    }

    /** As in a container that runs under a number: Java then calls the user by a question mark. */
    private static boolean isNameless() {
        return System.getProperty("user.name").equals("?");
    }

    private static boolean isRoot() {
        try {
            return Optional.ofNullable(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    .map(uid -> uid.equals(0))
                    .orElse(false);
        } catch (IOException | UnsupportedOperationException e) {
            return System.getProperty("user.name").equals("root");
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(SECONDS_FOR_A_TRIAL, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
