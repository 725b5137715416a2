package dev.strangler.facade.proxy;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.facade.written.Writes;
import dev.strangler.facade.written.WritesCookie;
import dev.strangler.facade.written.WritesMemory;
import dev.strangler.facade.written.Written;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** A client's writes between its requests: in its cookie, and in memory. */
final class OwnWrites {

    private static final HttpString WRITTEN = new HttpString("X-Strangler-Written");
    private static final AttachmentKey<Writes> CHANGED = AttachmentKey.create(Writes.class);

    private final List<String> names;
    private final WritesMemory memory;
    private final Settings settings;

    /**
     * @param keep how long a cookie lives after a write
     * @param isSecure whether cookies go over TLS only
     */
    record Settings(Duration keep, boolean isSecure, Clock clock) {}

    OwnWrites(FeatureMap map, WritesMemory memory, Settings settings) {
        this.names = map.deployables().stream().map(Deployable::name).toList();
        this.memory = memory;
        this.settings = settings;
    }

    /** What the client has written that some side may lack. */
    Writes of(HttpServerExchange exchange, Client client) {
        return memory.of(client.id())
                .and(fromCookie(exchange, client), settings.clock().instant());
    }

    boolean isAllPendingAt(Writes writes, Deployable side) {
        return writes.isAllPendingAt(side.name(), settings.clock().instant());
    }

    /** Takes from a side's answer what it has written. */
    void remember(HttpServerExchange answering, Client client, Deployable side) {
        var values = answering.getResponseHeaders().get(WRITTEN);
        if (values == null) {
            return;
        }
        var header = Written.header(values);
        var others = names.stream().filter(name -> !name.equals(side.name())).toList();
        var now = settings.clock().instant();
        var before = fromCookie(answering, client);
        // A client that has no id yet comes back with its cookie; keeping it in memory too would only push out others.
        var after = client.isNew()
                ? before.with(header, others, now)
                : memory.change(
                        client.id(), remembered -> remembered.and(before, now).with(header, others, now));
        answering.putAttachment(CHANGED, after);
    }

    /** Forgets what the side has applied. */
    void forget(HttpServerExchange exchange, Client client, Deployable side, Collection<Written> applied) {
        if (applied.isEmpty()) {
            return;
        }
        var cookie = fromCookie(exchange, client);
        var after = memory.change(
                client.id(),
                remembered -> remembered.and(cookie, settings.clock().instant()).without(side.name(), applied));
        exchange.putAttachment(CHANGED, after);
    }

    /** Gives the client its cookie, if this exchange has changed what belongs in it. */
    void tell(HttpServerExchange answering, Client client) {
        var changed = answering.getAttachment(CHANGED);
        if (changed != null && client.keepsCookies()) {
            Cookies.set(
                    answering.getResponseHeaders(),
                    WritesCookie.NAME,
                    WritesCookie.write(changed),
                    changed.isEmpty() ? Duration.ZERO : settings.keep(),
                    settings.isSecure());
        }
    }

    private Writes fromCookie(HttpServerExchange exchange, Client client) {
        var value = client.keepsCookies() ? Cookies.find(exchange.getRequestHeaders(), WritesCookie.NAME) : null;
        return value == null
                ? Writes.NONE
                : WritesCookie.read(value, settings.clock().instant());
    }
}
