package dev.strangler.facade.written;

import dev.strangler.cutover.ClientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What this instance remembers of its clients' writes: all there is for clients without cookies, and for the others what two answers at
 * the same time would overwrite for one another. Bounded in clients and time; who was forgotten may read the other side early.
 */
public final class WritesMemory {

    private final int mostClients;
    private final Duration keep;
    private final Clock clock;
    private final Map<ClientId, Remembered> clients = new LinkedHashMap<>(16, 0.75f, true);

    private record Remembered(Writes writes, Instant until) {}

    /**
     * @param mostClients the longest unseen is forgotten beyond that
     * @param keep after the last write
     */
    public WritesMemory(int mostClients, Duration keep, Clock clock) {
        this.mostClients = mostClients;
        this.keep = keep;
        this.clock = clock;
    }

    /** What the client has written that some side may lack. */
    public synchronized Writes of(ClientId client) {
        var remembered = clients.get(client);
        if (remembered == null) {
            return Writes.NONE;
        }
        if (remembered.until().isBefore(clock.instant())) {
            clients.remove(client);
            return Writes.NONE;
        }
        return remembered.writes();
    }

    /** Changes what is remembered of the client, in one step; answers what is remembered from then on. */
    public synchronized Writes change(ClientId client, UnaryOperator<Writes> change) {
        var changed = change.apply(of(client));
        if (changed.isEmpty()) {
            clients.remove(client);
        } else {
            clients.put(client, new Remembered(changed, clock.instant().plus(keep)));
            forgetOldest();
        }
        return changed;
    }

    synchronized int size() {
        return clients.size();
    }

    private void forgetOldest() {
        var eldest = clients.keySet().iterator();
        while (clients.size() > mostClients && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
    }
}
