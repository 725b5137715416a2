package dev.strangler.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The running façades and the newest change of any route that each of them routes by. */
public interface Instances {

    /**
     * One façade.
     *
     * @param name host, port and a random part
     * @param startedAt control database's clock
     * @param seenAt when it last reported, control database's clock
     * @param acknowledged number of the newest {@link RouteChange} that it routes by; 0 before the first
     */
    record Instance(String name, Instant startedAt, Instant seenAt, long acknowledged) {}

    /** Reports that the named façade is alive and routes by all changes up to that number. */
    void report(String name, long acknowledged);

    /** Those that reported within that time, by name. Others are taken for dead. */
    List<Instance> seenWithin(Duration freshness);

    /** Forgets a façade that ends in good order, and those silent for a day. */
    void leave(String name);
}
