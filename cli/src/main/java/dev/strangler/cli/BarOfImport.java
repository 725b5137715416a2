package dev.strangler.cli;

import dev.strangler.cli.catalogue.ImportProgress;
import dev.strangler.cli.terminal.Terminal;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** The progress of an import as a bar on standard error. */
final class BarOfImport implements ImportProgress {

    private static final int LONGEST_NAME = 30;

    private @Nullable ProgressBar bar;

    @Override
    public synchronized void begin(int products, int images) {
        bar = new ProgressBarBuilder()
                .setTaskName("import")
                .setInitialMax((long) products + images)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .build();
    }

    @Override
    public synchronized void imageDone() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public synchronized void productDone(String name) {
        if (bar != null) {
            var safe = Terminal.safe(name);
            bar.setExtraMessage(safe.substring(0, Math.min(LONGEST_NAME, safe.length())));
            bar.step();
        }
    }

    @Override
    public synchronized void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
