package dev.strangler.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a command gets a session of its own: {@code setsid} replaces itself by the command, so the process id stays. */
final class OwnSession {

    private static final List<String> PREFIX = List.of("/usr/bin/setsid", "/bin/setsid").stream()
            .filter(program -> Files.isExecutable(Path.of(program)))
            .findFirst()
            .map(List::of)
            .orElse(List.of());

    private OwnSession() {}

    static List<String> prefix() {
        return PREFIX;
    }
}
