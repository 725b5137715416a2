package dev.strangler.facade.proxy;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Route;
import dev.strangler.facade.Maps;
import dev.strangler.facade.StandInSide;
import dev.strangler.facade.shadow.Shadowing;
import dev.strangler.facade.written.AppliedWrites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A public port of its own for every test, between stand-ins for the monolith and the DAM; nobody listens where the PIM would. */
@Timeout(60)
abstract class OpenPublicPort {

    static final FeatureName ASSETS = new FeatureName("assets");
    static final FeatureName PRODUCTS = new FeatureName("products");
    static final Limits LIMITS = new Limits(
            4,
            Duration.ofSeconds(1),
            Duration.ofMillis(700),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            1_000_000);

    final StandInSide monolith = new StandInSide("monolith");
    final StandInSide dam = new StandInSide("dam");
    final Map<FeatureName, Route> routes = new ConcurrentHashMap<>();
    final Map<String, Boolean> applied = new ConcurrentHashMap<>();
    final HeldWrites held = new HeldWrites(3);
    final AtomicBoolean isStale = new AtomicBoolean();
    final HttpClient client = HttpClient.newHttpClient();
    final PublicPort port;

    OpenPublicPort() {
        port = new PublicPort(
                Maps.map(Maps.environment(monolith.url(), dam.url(), nobody())),
                feature -> routes.getOrDefault(feature, Route.atMonolith(feature)),
                this::appliedSoFar,
                held,
                isStale::get,
                Shadowing.NONE,
                new PublicPort.Settings(
                        "127.0.0.1",
                        0,
                        2,
                        256,
                        Duration.ofHours(1),
                        100,
                        false,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4)),
                LIMITS,
                Clock.systemUTC());
        port.open();
    }

    private static String nobody() {
        try (var taken = new ServerSocket(0)) {
            return "http://127.0.0.1:" + taken.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    @AfterEach
    void close() {
        port.close();
        monolith.close();
        dam.close();
    }

    private void appliedSoFar(
            String side, List<dev.strangler.facade.written.Written> written, Consumer<AppliedWrites.Answer> answer) {
        var has = written.stream()
                .filter(one -> applied.getOrDefault(one.toString(), false))
                .toList();
        CompletableFuture.runAsync(() -> answer.accept(new AppliedWrites.Answer(has, has.size() == written.size())));
    }

    void readAt(FeatureName feature, int share) {
        routes.put(feature, Route.atMonolith(feature).readingAtService(new Percentage(share)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.address().getPort() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static String servedBy(HttpResponse<?> answer) {
        return String.join(",", answer.headers().allValues("X-Served-By"));
    }

    static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElse(null);
    }
}
