package dev.strangler.facade;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small real HTTP server in a side's place. Says its name, and keeps what it was asked. */
public final class StandInSide implements AutoCloseable {

    static {
        // The JDK's server sends headers and body apart; with Nagle's algorithm every answer takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final String name;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Answering answering;

    /** One request as it arrived. */
    public record Asked(String method, String target, com.sun.net.httpserver.Headers headers) {}

    /** How the side answers; may block. */
    public interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    public StandInSide(String name) {
        this(name, 0);
    }

    public StandInSide(String name, int port) {
        this.name = name;
        this.answering = this::sayName;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
            try {
                answering.answer(exchange);
                // Not where it failed: closing would end a broken answer as if it were whole.
                exchange.close();
            } catch (InterruptedException ending) {
                exchange.close();
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return asked;
    }

    public Asked lastAsked() {
        return asked.get(asked.size() - 1);
    }

    public void answer(Answering other) {
        answering = other;
    }

    /** From now on the side says its name and what it has written. */
    public void answerWriting(String written) {
        answering = exchange -> {
            exchange.getResponseHeaders().add("X-Strangler-Written", written);
            sayName(exchange);
        };
    }

    public void sayName(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var body = name.getBytes();
        exchange.getResponseHeaders().add("X-Of-Side", name);
        exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
