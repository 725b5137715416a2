package dev.strangler.outbox.spring;

import dev.strangler.outbox.relay.RelayMonitor;
import dev.strangler.outbox.relay.RelayUnsound;
import dev.strangler.outbox.spring.RelayProperties.Strictness;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Checks the relay before the application answers anybody, and starts and stops the monitor with it. */
class RelayGuard implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RelayGuard.class);

    private final RelayMonitor monitor;
    private final Strictness strictness;
    private final Duration interval;
    private volatile boolean running;

    RelayGuard(RelayMonitor monitor, Strictness strictness, Duration interval) {
        this.monitor = monitor;
        this.strictness = strictness;
        this.interval = interval;
    }

    @Override
    public void start() {
        try {
            monitor.requireSound();
        } catch (RelayUnsound unsound) {
            if (strictness == Strictness.REFUSE) {
                throw unsound;
            }
            log.error("{}", unsound.getMessage());
        }
        monitor.start(interval);
        running = true;
    }

    @Override
    public void stop() {
        monitor.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server (which starts near the end) and before whatever consumes or schedules. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
