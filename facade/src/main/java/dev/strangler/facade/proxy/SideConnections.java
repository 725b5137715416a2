package dev.strangler.facade.proxy;

import dev.strangler.cutover.Deployable;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ConnectionPoolManager;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient.ProxyTarget;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.server.handlers.proxy.ProxyConnectionPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.OptionMap;
import org.xnio.Options;

/** The way to one side: kept-alive connections, and how many requests are on them. A side that is full or hangs fills no other's. */
final class SideConnections implements ProxyTarget, AutoCloseable {

    private static final int KEPT_PER_THREAD = 32;

    /** Without this a body waits up to 40 ms behind its header for the side's acknowledgement. */
    private static final OptionMap SOCKET = OptionMap.create(Options.TCP_NODELAY, true, Options.KEEP_ALIVE, true);

    private final Deployable deployable;
    private final Limits limits;
    private final ProxyConnectionPool pool;
    private final AtomicInteger underWay = new AtomicInteger();

    SideConnections(Deployable deployable, Limits limits) {
        this.deployable = deployable;
        this.limits = limits;
        this.pool = new ProxyConnectionPool(new Bounds(limits), deployable.url(), UndertowClient.getInstance(), SOCKET);
    }

    String name() {
        return deployable.name();
    }

    int underWay() {
        return underWay.get();
    }

    /**
     * Counts the exchange until it is complete.
     *
     * @throws Refused when as many are under way as may be
     */
    void enter(HttpServerExchange exchange) {
        if (underWay.incrementAndGet() > limits.concurrent()) {
            underWay.decrementAndGet();
            throw new Refused(Problem.busy(name(), limits.concurrent()));
        }
        exchange.addExchangeCompleteListener((completed, next) -> {
            underWay.decrementAndGet();
            next.proceed();
        });
    }

    void connect(HttpServerExchange exchange, ProxyCallback<ProxyConnection> callback) {
        pool.connect(this, exchange, callback, -1, TimeUnit.MILLISECONDS, false);
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return name();
    }

    /** Connections are bounded by the requests under way, so none waits for one; a failed side is simply tried again. */
    private record Bounds(Limits limits) implements ConnectionPoolManager {

        @Override
        public int getProblemServerRetry() {
            return -1;
        }

        @Override
        public int getMaxConnections() {
            return limits.concurrent() + KEPT_PER_THREAD;
        }

        @Override
        public int getMaxCachedConnections() {
            return KEPT_PER_THREAD;
        }

        @Override
        public int getSMaxConnections() {
            return 0;
        }

        @Override
        public long getTtl() {
            return limits.idle().toMillis();
        }

        @Override
        public int getMaxQueueSize() {
            return 0;
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public boolean handleError() {
            return true;
        }

        @Override
        public boolean clearError() {
            return true;
        }
    }
}
