package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody in a browser of his own who uploads pictures in the admin panel, some at a time, until he is told to stop. */
final class Photographer implements Callable<List<String>> {

    private static final int AT_ONCE = 4;

    private final URI shop;
    private final String name;
    private final long seed;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile boolean isStopped;

    /**
     * @param name that all file names begin with
     * @param seed of the first picture
     */
    Photographer(URI shop, String name, long seed) {
        this.shop = shop;
        this.name = name;
        this.seed = seed;
    }

    /** How many pictures the panel has said are in the shop. */
    int arrived() {
        return arrived.get();
    }

    /** Once those that are under way are there. */
    void stop() {
        isStopped = true;
    }

    /**
     * Uploads until he is stopped.
     *
     * @return the names of all pictures, each of which the panel says is in the shop
     * @throws AssertionError when the panel has shown an error, however briefly
     */
    @Override
    public List<String> call() {
        var names = new ArrayList<String>();
        // Of this thread alone, as browsers are.
        try (var browser = Browser.open();
                var visitor = browser.visitor(ColorScheme.LIGHT)) {
            var panel = new AdminPanel(visitor, shop);
            panel.open("pictures");
            panel.watch();
            while (!isStopped) {
                for (var one = 0; one < AT_ONCE; one++) {
                    var file = "%s-%d.png".formatted(name, names.size());
                    panel.upload(AdminPanel.png(file, seed + names.size()));
                    names.add(file);
                }
                panel.awaitUploads("%1$d of %1$d files in the shop".formatted(names.size()));
                arrived.set(names.size());
            }
            assertThat(panel.seenAlarms()).as("what the panel has shown").isEmpty();
            assertThat(panel.failures()).as("what the panel has not shown").isEmpty();
            Judge.pictures(panel.page(), "admin-after-handovers");
        }
        return names;
    }
}
