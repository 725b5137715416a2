package dev.strangler.facade;

import dev.strangler.facade.proxy.PublicPort;
import dev.strangler.facade.relay.RelayDuties;
import dev.strangler.facade.routes.FollowingRoutes;
import org.springframework.context.SmartLifecycle;

/** The order of the start: first the routes are known, then the public is let in. The end goes the other way. */
final class FacadeLife implements SmartLifecycle {

    private final FollowingRoutes following;
    private final RelayDuties relays;
    private final PublicPort publicPort;
    private volatile boolean isRunning;

    FacadeLife(FollowingRoutes following, RelayDuties relays, PublicPort publicPort) {
        this.following = following;
        this.relays = relays;
        this.publicPort = publicPort;
    }

    @Override
    public void start() {
        following.start();
        publicPort.open();
        relays.start();
        isRunning = true;
    }

    @Override
    public void stop() {
        publicPort.close();
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** Before the control port, whose health says that the façade can be used. */
    @Override
    public int getPhase() {
        return 0;
    }
}
