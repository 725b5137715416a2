package dev.strangler.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM that starts a process and leaves at once ({@code detached}), or stays until it is told to end ({@code bound}). */
final class Starter {

    private Starter() {}

    public static void main(String[] arguments) throws InterruptedException {
        var part = new ShellPart(Path.of(arguments[1]));
        if (arguments[0].equals("bound")) {
            EndWithJvm.of(List.of(part));
            part.start();
            Thread.currentThread().join();
        }
        part.start();
    }

    private static final class ShellPart extends ChildPart {

        ShellPart(Path directory) {
            super("part", directory);
        }

        @Override
        public void launch() {
            process().launch(List.of("/bin/sh", "-c", "echo up; sleep 600"), Map.of(), directory());
        }

        @Override
        public void awaitReady() {
            // Nobody asks it anything.
        }
    }
}
