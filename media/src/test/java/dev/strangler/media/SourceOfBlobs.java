package dev.strangler.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server that has blobs, and misbehaves when told to. */
public final class SourceOfBlobs {

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger busiest = new AtomicInteger();
    private volatile Mood mood = Mood.FINE;
    private volatile CountDownLatch stalled = new CountDownLatch(1);
    private boolean up;
    private HttpServer server;
    private ExecutorService threads;

    /** How the server treats questions. */
    public enum Mood {
        FINE,
        /** Answers 503. */
        FAILING,
        /** Sends the head and half of the blob, then nothing more until the mood changes. */
        STALLING,
        /** Answers quicker than a person can look, yet slow enough that questions meet. */
        LEISURELY
    }

    public SourceOfBlobs() {
        start(0);
    }

    private void start(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "source-of-blobs");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/internal/blobs/", this::answer);
        server.start();
        up = true;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stops answering altogether: connections are refused. */
    public void goDown() {
        up = false;
        server.stop(0);
        threads.shutdownNow();
    }

    /** Answers again, at the same address; does nothing if it does. */
    public void comeUp() {
        if (!up) {
            start(server.getAddress().getPort());
        }
    }

    public void behave(Mood next) {
        mood = next;
        stalled.countDown();
        stalled = new CountDownLatch(1);
    }

    /** Has these bytes from now on; answers their digest. */
    public String put(byte[] bytes) {
        String digest = sha256(bytes);
        blobs.put(digest, bytes);
        return digest;
    }

    /** Sends these bytes under a digest that may not be theirs. */
    public void putAs(String digest, byte[] bytes) {
        blobs.put(digest, bytes);
    }

    public void remove(String digest) {
        blobs.remove(digest);
    }

    public int timesAsked(String digest) {
        return asked.getOrDefault(digest, 0);
    }

    /** The most questions that were in leisurely work at the same time. */
    public int busiest() {
        return busiest.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String digest = path.substring(path.lastIndexOf('/') + 1);
            asked.merge(digest, 1, Integer::sum);
            byte[] bytes = blobs.get(digest);
            switch (mood) {
                case FAILING -> exchange.sendResponseHeaders(503, -1);
                case STALLING -> stall(exchange, bytes);
                case LEISURELY -> sendLeisurely(exchange, bytes);
                case FINE -> send(exchange, bytes);
            }
        }
    }

    private void sendLeisurely(HttpExchange exchange, byte[] bytes) throws IOException {
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try {
            waitFor(new CountDownLatch(1), 50);
            send(exchange, bytes);
        } finally {
            busy.decrementAndGet();
        }
    }

    private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
        if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void stall(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
        waitFor(stalled, 30_000);
    }

    private static void waitFor(CountDownLatch latch, long milliseconds) {
        try {
            boolean released = latch.await(milliseconds, TimeUnit.MILLISECONDS);
            if (!released && milliseconds > 1_000) {
                throw new IllegalStateException("Nobody ended the stalling");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
