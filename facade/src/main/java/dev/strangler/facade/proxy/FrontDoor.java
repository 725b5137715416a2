package dev.strangler.facade.proxy;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Reads;
import dev.strangler.cutover.Route;
import dev.strangler.facade.shadow.ShadowedRead;
import dev.strangler.facade.shadow.Shadowing;
import dev.strangler.facade.written.AppliedWrites;
import dev.strangler.facade.written.WritesMemory;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every request comes in: checks it, finds its feature, and picks the side. Writes go to the owner. Reads go where the route
 * says, unless that side lacks what this client has written. What stays with the monolith goes there, reads and writes.
 */
final class FrontDoor implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);

    private final FeatureMap map;
    private final FeaturePaths paths;
    private final Function<FeatureName, Route> routes;
    private final OwnWrites ownWrites;
    private final AppliedWrites applied;
    private final Shadowing shadowing;
    private final Passing passing;
    private final Writing writing;
    private final Limits limits;
    private final boolean isSecure;
    private volatile boolean isShut;

    FrontDoor(
            FeatureMap map,
            Function<FeatureName, Route> routes,
            WritesMemory memory,
            AppliedWrites applied,
            Shadowing shadowing,
            Passing passing,
            Writing writing,
            Limits limits,
            OwnWrites.Settings settings) {
        this.map = map;
        this.paths = new FeaturePaths(map.features(), map.staying());
        this.routes = routes;
        this.ownWrites = new OwnWrites(map, memory, settings);
        this.applied = applied;
        this.shadowing = shadowing;
        this.passing = passing;
        this.writing = writing;
        this.limits = limits;
        this.isSecure = settings.isSecure();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        refusing(exchange, () -> {
            if (isShut) {
                throw new Refused(Problem.ending());
            }
            RequestCheck.check(exchange, limits.maxBody());
            var path = RequestPath.parse(exchange.getRequestURI());
            var feature = paths.find(path);
            if (feature.isEmpty() && !paths.stays(path)) {
                throw new Refused(Problem.notFound());
            }
            var client = Client.of(exchange);
            var headers = exchange.getRequestHeaders();
            ForwardingHeaders.cleanRequest(headers);
            TraceParent.ensure(headers);
            if (feature.isPresent()) {
                choose(exchange, feature.get(), client);
            } else {
                pass(exchange, client, map.monolith());
            }
        });
    }

    /** Lets nobody in any more. */
    void shut() {
        isShut = true;
    }

    private void choose(HttpServerExchange exchange, Feature feature, Client client) throws Exception {
        var route = routes.apply(feature.name());
        var owner = map.deployable(feature, route.writes());
        if (!RequestCheck.READS.contains(exchange.getRequestMethod())) {
            writing.write(exchange, feature.name(), let -> refusing(let, () -> pass(let, client, ownerOf(feature))));
            return;
        }
        shadow(exchange, feature, route);
        var reader = map.deployable(feature, route.readsFor(client.id()));
        if (reader.equals(owner)) {
            pass(exchange, client, owner);
            return;
        }
        var writes = ownWrites.of(exchange, client);
        if (ownWrites.isAllPendingAt(writes, reader)) {
            pass(exchange, client, owner);
            return;
        }
        var pending = writes.pendingAt(reader.name());
        if (pending.isEmpty()) {
            pass(exchange, client, reader);
            return;
        }
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> applied.ask(
                        reader.name(),
                        pending,
                        answer -> exchange.dispatch(
                                exchange.getIoThread(),
                                resumed -> refusing(resumed, () -> {
                                    ownWrites.forget(resumed, client, reader, answer.applied());
                                    pass(resumed, client, answer.isAll() ? reader : owner);
                                }))));
    }

    /** Who owns it by now: a write may have waited. */
    private Deployable ownerOf(Feature feature) {
        return map.deployable(feature, routes.apply(feature.name()).writes());
    }

    /** Has the read made again and compared, some time later, if it is among the share. The answer knows nothing of it. */
    private void shadow(HttpServerExchange exchange, Feature feature, Route route) {
        if (route.reads() instanceof Reads.Shadowed shadowed
                && exchange.getRequestMethod().equals(Methods.GET)
                && shadowing.takes(shadowed.share())) {
            shadowing.offer(new ShadowedRead(
                    feature,
                    route.version(),
                    exchange.getRequestURI(),
                    exchange.getQueryString(),
                    ForwardingHeaders.decidingTheAnswer(exchange.getRequestHeaders())));
        }
    }

    private void pass(HttpServerExchange exchange, Client client, Deployable side) throws Exception {
        exchange.addResponseCommitListener(answering -> {
            var headers = answering.getResponseHeaders();
            if (!Problem.isOwn(answering)) {
                Writing.explain(answering);
                ownWrites.remember(answering, client, side);
                ForwardingHeaders.cleanResponse(headers, side.name());
            }
            ownWrites.tell(answering, client);
            client.introduce(headers, isSecure);
        });
        passing.pass(exchange, side);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void refusing(HttpServerExchange exchange, Step step) {
        try {
            step.run();
        } catch (Refused refused) {
            var problem = refused.problem();
            if (problem.status() == 400 || !exchange.isRequestComplete()) {
                problem.sendAndClose(exchange);
            } else {
                problem.send(exchange);
            }
        } catch (Exception unforeseen) {
            log.error("Unforeseen failure of {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), unforeseen);
            if (!exchange.isResponseStarted()) {
                Problem.failed().sendAndClose(exchange);
            }
        }
    }
}
