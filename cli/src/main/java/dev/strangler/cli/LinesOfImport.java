package dev.strangler.cli;

import dev.strangler.cli.catalogue.ImportProgress;
import dev.strangler.cli.terminal.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The progress of an import as plain lines: one every few seconds, for logs and pipes. */
final class LinesOfImport implements ImportProgress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

    private final Terminal terminal;
    private final Clock clock;
    private int products;
    private int images;
    private int productsDone;
    private int imagesDone;
    private Instant lastLine = Instant.EPOCH;

    LinesOfImport(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized void begin(int products, int images) {
        this.products = products;
        this.images = images;
        lastLine = clock.instant();
        terminal.note("import: " + products + " products, " + images + " images");
    }

    @Override
    public synchronized void imageDone() {
        imagesDone++;
        sayNowAndThen();
    }

    @Override
    public synchronized void productDone(String name) {
        productsDone++;
        sayNowAndThen();
    }

    @Override
    public synchronized void end() {
        terminal.note(state());
    }

    private void sayNowAndThen() {
        var now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0) {
            lastLine = now;
            terminal.note(state());
        }
    }

    private String state() {
        return "import: " + productsDone + " of " + products + " products, " + imagesDone + " of " + images
                + " images are through";
    }
}
