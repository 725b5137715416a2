package dev.strangler.cli.up;

import dev.strangler.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One plain line per event, for logs and pipes. */
public final class LinesOfUp implements UpProgress {

    private final Terminal terminal;

    /** Lines on standard error. */
    public LinesOfUp(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void begin(List<String> names) {}

    @Override
    public void starting(String name) {
        terminal.note(line(name, "starting"));
    }

    @Override
    public void ready(String name, Duration after) {
        terminal.note(line(name, "ready after " + seconds(after)));
    }

    @Override
    public void failed(String name) {
        terminal.note(line(name, "failed"));
    }

    @Override
    public void note(String text) {
        terminal.note(text);
    }

    @Override
    public void end() {}

    static String line(String name, String state) {
        return String.format(Locale.ROOT, "  %-10s %s", name, state);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
