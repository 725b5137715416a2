package dev.strangler.inbox.spring;

import dev.strangler.inbox.RebuildRequests;
import org.springframework.context.SmartLifecycle;

/** Looks for requests for rebuilds while the application runs. */
class Rebuilding implements SmartLifecycle {

    private final RebuildRequests requests;
    private volatile boolean running;

    Rebuilding(RebuildRequests requests) {
        this.requests = requests;
    }

    @Override
    public void start() {
        requests.start();
        running = true;
    }

    @Override
    public void stop() {
        requests.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
