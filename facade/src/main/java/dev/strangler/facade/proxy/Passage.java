package dev.strangler.facade.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * One request on its way to a side, with its time limits. Lives on the exchange's I/O thread alone. When no answer comes, it says why
 * in the side's place.
 */
final class Passage implements ProxyCallback<ProxyConnection> {

    static final AttachmentKey<Passage> KEY = AttachmentKey.create(Passage.class);

    private final HttpServerExchange exchange;
    private final SideConnections side;
    private final Limits limits;
    private @Nullable ProxyCallback<ProxyConnection> next;
    private @Nullable ProxyConnection connection;
    private XnioExecutor.@Nullable Key timer;
    private XnioExecutor.@Nullable Key bodyTimer;
    private boolean isLate;
    private boolean isStalled;
    private boolean isGivenUp;

    Passage(HttpServerExchange exchange, SideConnections side, Limits limits) {
        this.exchange = exchange;
        this.side = side;
        this.limits = limits;
    }

    /** Counts it, starts its clocks, and stands by with an answer. */
    void begin() {
        side.enter(exchange);
        BoundedBody.apply(exchange, limits.maxBody(), this::giveUp);
        exchange.putAttachment(KEY, this);
        exchange.addDefaultResponseListener(this::answerInstead);
        exchange.addExchangeCompleteListener((completed, listener) -> {
            isGivenUp = true;
            cancelTimer();
            cancelBodyTimer();
            listener.proceed();
        });
        after(limits.connect(), this::judgeConnecting);
        if (!exchange.isRequestComplete()) {
            judgeBodyAfter(limits.pause());
        }
    }

    SideConnections side() {
        return side;
    }

    /** Whether there is any use in another attempt. */
    boolean isOver() {
        return isGivenUp;
    }

    void connect(ProxyCallback<ProxyConnection> callback) {
        next = callback;
        side.connect(exchange, this);
    }

    @Override
    public void completed(HttpServerExchange same, ProxyConnection made) {
        if (isGivenUp || next == null) {
            // Too late: nobody will send on it or give it back.
            IoUtils.safeClose(made.getConnection());
            return;
        }
        connection = made;
        cancelTimer();
        after(limits.response(), this::judgeAnswering);
        next.completed(same, made);
    }

    @Override
    public void failed(HttpServerExchange same) {
        if (!isGivenUp && next != null) {
            next.failed(same);
        }
    }

    @Override
    public void couldNotResolveBackend(HttpServerExchange same) {
        failed(same);
    }

    @Override
    public void queuedRequestFailed(HttpServerExchange same) {
        failed(same);
    }

    private void judgeConnecting() {
        if (connection == null) {
            giveUp();
        }
    }

    private void judgeAnswering() {
        if (exchange.isResponseStarted()) {
            return;
        }
        if (exchange.isRequestComplete()) {
            isLate = true;
            giveUp();
        } else {
            // A slow sender is not the side's fault; the limit of the whole exchange bounds it.
            after(limits.response(), this::judgeAnswering);
        }
    }

    private void judgeBody() {
        bodyTimer = null;
        if (exchange.isComplete() || exchange.isRequestComplete()) {
            return;
        }
        if (isStalled) {
            // It was told, and the rest of its body has not come either: the exchange would wait for that without end.
            IoUtils.safeClose(exchange.getConnection());
            return;
        }
        var left = limits.pause().minus(BoundedBody.waited(exchange));
        if (left.compareTo(Duration.ZERO) > 0) {
            judgeBodyAfter(left);
        } else {
            isStalled = true;
            judgeBodyAfter(limits.connect());
            giveUp();
        }
    }

    private void judgeBodyAfter(Duration time) {
        bodyTimer = exchange.getIoThread().executeAfter(this::judgeBody, time.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void cancelBodyTimer() {
        if (bodyTimer != null) {
            bodyTimer.remove();
            bodyTimer = null;
        }
    }

    private void giveUp() {
        isGivenUp = true;
        if (connection != null) {
            IoUtils.safeClose(connection.getConnection());
        }
        if (!exchange.isResponseStarted() && !exchange.isComplete()) {
            exchange.endExchange();
        }
    }

    private boolean answerInstead(HttpServerExchange ending) {
        if (!ending.isResponseChannelAvailable()) {
            return false;
        }
        isGivenUp = true;
        ending.getResponseHeaders().clear();
        var problem = reason(ending);
        if (ending.isRequestComplete()) {
            problem.send(ending);
        } else {
            problem.sendAndClose(ending);
        }
        return true;
    }

    private Problem reason(HttpServerExchange ending) {
        if (BoundedBody.wasTooLarge(ending)) {
            return Problem.tooLarge(limits.maxBody());
        }
        if (isStalled) {
            return Problem.bodyStalled(limits.pause().toMillis());
        }
        return isLate ? Problem.sideSlow(side.name(), limits.response().toMillis()) : Problem.sideDown(side.name());
    }

    private void after(Duration time, Runnable task) {
        timer = exchange.getIoThread().executeAfter(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.remove();
            timer = null;
        }
    }
}
