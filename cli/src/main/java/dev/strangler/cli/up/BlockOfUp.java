package dev.strangler.cli.up;

import dev.strangler.cli.terminal.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line per part on a screen, rewritten in place while the seconds pass. */
public final class BlockOfUp implements UpProgress {

    private static final long MILLIS_BETWEEN_DRAWINGS = 250;

    private final Terminal terminal;
    private final Clock clock;
    private final Map<String, String> settled = new LinkedHashMap<>();
    private final Map<String, Instant> begun = new LinkedHashMap<>();
    private final ScheduledExecutorService drawing = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "screen");
        thread.setDaemon(true);
        return thread;
    });
    private int drawnLines;

    /** A block on standard error, which must be a screen. */
    public BlockOfUp(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized void begin(List<String> names) {
        names.forEach(name -> settled.put(name, "waiting"));
        drawing.scheduleAtFixedRate(this::draw, 0, MILLIS_BETWEEN_DRAWINGS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void starting(String name) {
        begun.put(name, clock.instant());
    }

    @Override
    public synchronized void ready(String name, Duration after) {
        begun.remove(name);
        settled.put(name, "ready after " + LinesOfUp.seconds(after));
    }

    @Override
    public synchronized void failed(String name) {
        begun.remove(name);
        settled.put(name, "failed");
    }

    @Override
    public synchronized void note(String text) {
        erase();
        terminal.note(text);
        if (!drawing.isShutdown()) {
            draw();
        }
    }

    @Override
    public synchronized void end() {
        if (!drawing.isShutdown()) {
            drawing.shutdown();
            draw();
            drawnLines = 0;
        }
    }

    private synchronized void draw() {
        var block = new StringBuilder();
        settled.forEach((name, state) -> block.append("\u001b[2K")
                .append(LinesOfUp.line(name, state(name, state)))
                .append('\n'));
        erase();
        terminal.part(block.toString());
        drawnLines = settled.size();
    }

    private String state(String name, String otherwise) {
        var since = begun.get(name);
        return since == null
                ? otherwise
                : "starting   " + Duration.between(since, clock.instant()).toSeconds() + " s";
    }

    /** The cursor goes back to where the block begins; what stands there is overwritten line by line. */
    private void erase() {
        if (drawnLines > 0) {
            terminal.part("\u001b[" + drawnLines + "A\r\u001b[J");
            drawnLines = 0;
        }
    }
}
