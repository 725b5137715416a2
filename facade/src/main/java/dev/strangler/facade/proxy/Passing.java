package dev.strangler.facade.proxy;

import dev.strangler.cutover.Deployable;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests on to sides, by Undertow's proxy: it moves bodies from one connection to the other buffer by buffer, in both
 * directions, and sends again only what changes nothing.
 */
final class Passing implements AutoCloseable {

    private final Map<String, SideConnections> sides = new LinkedHashMap<>();
    private final Limits limits;
    private final HttpHandler proxy;

    Passing(Collection<Deployable> deployables, Limits limits) {
        this.limits = limits;
        deployables.forEach(deployable -> sides.put(deployable.name(), new SideConnections(deployable, limits)));
        this.proxy = ProxyHandler.builder()
                .setProxyClient(new ToChosenSide())
                .setMaxRequestTime((int) limits.exchange().toMillis())
                .setRewriteHostHeader(false)
                .setReuseXForwarded(false)
                // Once more where nothing was sent, or nothing can be changed: a kept connection may just have been
                // closed.
                .setMaxConnectionRetries(1)
                .setIdempotentRequestPredicate(exchange -> RequestCheck.READS.contains(exchange.getRequestMethod()))
                .setNext(ResponseCodeHandler.HANDLE_404)
                .build();
    }

    /**
     * Passes the request on; must be called on the exchange's I/O thread.
     *
     * @throws Refused when the side has too many already
     */
    void pass(HttpServerExchange exchange, Deployable to) throws Exception {
        var side = sides.get(to.name());
        if (side == null) {
            throw new IllegalArgumentException(to.name() + " is not of this map.");
        }
        new Passage(exchange, side, limits).begin();
        proxy.handleRequest(exchange);
    }

    /** How many requests are on their way to each side now. */
    Map<String, Integer> underWay() {
        var counts = new LinkedHashMap<String, Integer>();
        sides.forEach((name, side) -> counts.put(name, side.underWay()));
        return counts;
    }

    /** Waits until no request is on its way; says whether that came about in time. */
    boolean awaitNothingUnderWay(Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        while (underWay().values().stream().anyMatch(count -> count > 0)) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }

    @Override
    public void close() {
        sides.values().forEach(SideConnections::close);
    }

    /** The side was chosen before; the proxy only learns it. */
    private static final class ToChosenSide implements ProxyClient {

        @Override
        public @Nullable ProxyTarget findTarget(HttpServerExchange exchange) {
            var passage = exchange.getAttachment(Passage.KEY);
            return passage == null || passage.isOver() ? null : passage.side();
        }

        @Override
        public void getConnection(
                ProxyTarget target,
                HttpServerExchange exchange,
                ProxyCallback<ProxyConnection> callback,
                long timeout,
                TimeUnit unit) {
            exchange.getAttachment(Passage.KEY).connect(callback);
        }

        @Override
        public List<ProxyTarget> getAllTargets() {
            return List.of();
        }
    }
}
