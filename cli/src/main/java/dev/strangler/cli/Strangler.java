package dev.strangler.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code strangler} command. */
@Command(name = "strangler", mixinStandardHelpOptions = true)
public final class Strangler {

    private Strangler() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Strangler()).execute(arguments));
    }
}
