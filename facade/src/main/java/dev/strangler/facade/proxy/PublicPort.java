package dev.strangler.facade.proxy;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Route;
import dev.strangler.facade.shadow.Shadowing;
import dev.strangler.facade.written.AppliedWrites;
import dev.strangler.facade.written.WritesMemory;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;

/** The public port. Everything that a client can make grow has a limit here. */
public final class PublicPort implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PublicPort.class);

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int PARSE_MILLIS = 10_000;
    private static final int KEEP_ALIVE_MILLIS = 60_000;

    private final Settings settings;
    private final Limits limits;
    private final Passing passing;
    private final FrontDoor door;
    private @Nullable Undertow server;

    /**
     * @param address what to listen on
     * @param port 0 for any
     * @param ioThreads that move all bodies
     * @param connections from clients; more wait until one is free
     * @param keepWrites how long a client's writes are remembered
     * @param rememberedClients in memory at most
     * @param secureCookies whether cookies go over TLS only
     * @param drain how long requests under way may take at the end
     * @param hold how long a write may wait while its feature is handed over
     */
    public record Settings(
            String address,
            int port,
            int ioThreads,
            int connections,
            Duration keepWrites,
            int rememberedClients,
            boolean secureCookies,
            Duration drain,
            Duration hold) {}

    /**
     * @param routes how a feature is routed at this moment; asked once per request
     * @param applied what the sides have applied
     * @param held writes that wait
     * @param isStale whether this instance has not known for a while where writes belong; it passes none on then
     * @param shadowing is offered the reads that are to be compared
     */
    public PublicPort(
            FeatureMap map,
            Function<FeatureName, Route> routes,
            AppliedWrites applied,
            HeldWrites held,
            BooleanSupplier isStale,
            Shadowing shadowing,
            Settings settings,
            Limits limits,
            Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.passing = new Passing(map.deployables(), limits);
        var memory = new WritesMemory(settings.rememberedClients(), settings.keepWrites(), clock);
        this.door = new FrontDoor(
                map,
                routes,
                memory,
                applied,
                shadowing,
                passing,
                new Writing(held, isStale, settings.hold()),
                limits,
                new OwnWrites.Settings(settings.keepWrites(), settings.secureCookies(), clock));
    }

    /** Begins to listen. */
    public synchronized void open() {
        server = Undertow.builder()
                .addHttpListener(settings.port(), settings.address())
                .setIoThreads(settings.ioThreads())
                .setBufferSize(BUFFER_BYTES)
                .setDirectBuffers(true)
                // The raw path is judged and passed on; nothing is decoded in between.
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_ENCODED_SLASH, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, false)
                // Its own default is 2 MB, and beyond it the connection just ends. A few buffers more than allowed, so
                // that what is too large is noticed here first, and answered.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, limits.maxBody() + 4L * BUFFER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, KEEP_ALIVE_MILLIS)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
                .setSocketOption(Options.REUSE_ADDRESSES, true)
                .setWorkerOption(Options.CONNECTION_HIGH_WATER, settings.connections())
                .setWorkerOption(Options.CONNECTION_LOW_WATER, settings.connections())
                .setHandler(door)
                .build();
        server.start();
        log.info("Answering the public on {}", address());
    }

    /** Where it listens. */
    public synchronized InetSocketAddress address() {
        if (server == null) {
            throw new IllegalStateException("The public port is not open.");
        }
        return (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    }

    /** How many requests are on their way to each side now. */
    public Map<String, Integer> underWay() {
        return passing.underWay();
    }

    /** Lets the requests under way finish, for a bounded time, and stops to listen. */
    @Override
    public synchronized void close() {
        if (server == null) {
            return;
        }
        door.shut();
        if (!passing.awaitNothingUnderWay(settings.drain())) {
            log.warn("Requests were still under way after {}; they are broken off", settings.drain());
        }
        passing.close();
        server.stop();
        server = null;
    }
}
