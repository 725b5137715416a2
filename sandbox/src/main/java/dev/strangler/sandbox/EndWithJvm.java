package dev.strangler.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that stop when this JVM is told to end (Ctrl-C, SIGTERM, normal exit), last started first. A JVM killed outright
 * tells nobody; the next one finds its parts by their pid files.
 */
public final class EndWithJvm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndWithJvm.class);

    private final List<Part> parts;
    private final Thread hook = new Thread(this::stop, "end-of-sandbox");

    private EndWithJvm(List<? extends Part> inOrderOfStart) {
        var reversed = new ArrayList<Part>(inOrderOfStart);
        Collections.reverse(reversed);
        this.parts = List.copyOf(reversed);
    }

    /** Binds the parts to this JVM until the binding is closed. */
    public static EndWithJvm of(List<? extends Part> inOrderOfStart) {
        var binding = new EndWithJvm(inOrderOfStart);
        Runtime.getRuntime().addShutdownHook(binding.hook);
        return binding;
    }

    /** Lets the parts outlive this JVM again; no-op while it ends. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            LOG.debug("This JVM is ending: the parts stop with it");
        }
    }

    private void stop() {
        for (var part : parts) {
            try {
                part.stop();
            } catch (RuntimeException e) {
                LOG.error("Cannot stop {}", part.name(), e);
            }
        }
    }
}
