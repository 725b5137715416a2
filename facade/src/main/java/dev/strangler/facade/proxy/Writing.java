package dev.strangler.facade.proxy;

import dev.strangler.cutover.FeatureName;
import dev.strangler.facade.proxy.HeldWrites.Verdict;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Lets writes through, has them wait while their feature is handed over, or refuses them. Nothing of a body is read before. */
final class Writing {

    private static final HttpString OWNER = new HttpString("X-Strangler-Owner");
    private static final int MISDIRECTED = 421;

    private final HeldWrites held;
    private final BooleanSupplier isStale;
    private final Duration patience;

    /**
     * @param isStale whether this instance has not known for a while where writes belong
     * @param patience how long a write may wait
     */
    Writing(HeldWrites held, BooleanSupplier isStale, Duration patience) {
        this.held = held;
        this.isStale = isStale;
        this.patience = patience;
    }

    /**
     * Passes the write on, now or once it may go on; must be called on the exchange's I/O thread.
     *
     * @param pass passes it to whoever owns the feature by then; called on the I/O thread
     * @throws Refused when this instance does not know where writes belong
     */
    void write(HttpServerExchange exchange, FeatureName feature, HttpHandler pass) throws Exception {
        if (isStale.getAsBoolean()) {
            throw new Refused(Problem.routesStale());
        }
        if (held.enter(feature)) {
            through(exchange, feature, pass);
        } else {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> await(exchange, feature, pass));
        }
    }

    /** The side has refused since it is not, or nobody is, the owner: nothing was done, and the same request will be right in a moment. */
    static void explain(HttpServerExchange answering) {
        if (answering.getStatusCode() == MISDIRECTED
                && answering.getResponseHeaders().contains(OWNER)) {
            answering.setStatusCode(503);
            answering.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
        }
    }

    private void await(HttpServerExchange exchange, FeatureName feature, HttpHandler pass) {
        Consumer<Verdict> waiter = verdict ->
                exchange.dispatch(exchange.getIoThread(), resumed -> resume(resumed, feature, verdict, pass));
        var timer = exchange.getIoThread()
                .executeAfter(
                        () -> {
                            if (held.giveUp(feature, waiter)) {
                                exchange.dispatch(exchange.getIoThread(), late -> refuse(late, Problem.held(patience)));
                            }
                        },
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        exchange.addExchangeCompleteListener((completed, next) -> {
            timer.remove();
            next.proceed();
        });
        held.await(feature, waiter);
    }

    private void resume(HttpServerExchange exchange, FeatureName feature, Verdict verdict, HttpHandler pass)
            throws Exception {
        if (verdict == Verdict.TOO_MANY) {
            refuse(exchange, Problem.held(Duration.ZERO));
        } else {
            through(exchange, feature, pass);
        }
    }

    private void through(HttpServerExchange exchange, FeatureName feature, HttpHandler pass) throws Exception {
        exchange.addExchangeCompleteListener((completed, next) -> {
            held.leave(feature);
            next.proceed();
        });
        pass.handleRequest(exchange);
    }

    private static void refuse(HttpServerExchange exchange, Problem problem) {
        if (exchange.isRequestComplete()) {
            problem.send(exchange);
        } else {
            problem.sendAndClose(exchange);
        }
    }
}
