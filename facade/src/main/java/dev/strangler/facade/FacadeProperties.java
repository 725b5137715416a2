package dev.strangler.facade;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the façade.
 *
 * @param publicPort {@code facade.public.*}
 * @param side {@code facade.side.*}: what one side may cost
 * @param ownWrites {@code facade.own-writes.*}: how a client sees its own writes
 * @param handover {@code facade.handover.*}: what writes meet while their feature is handed over
 * @param acknowledgement how long a change of a route waits for all instances
 */
@ConfigurationProperties("facade")
record FacadeProperties(
        @Name("public") @DefaultValue PublicSettings publicPort,
        @DefaultValue SideSettings side,
        @DefaultValue OwnWritesSettings ownWrites,
        @DefaultValue HandoverSettings handover,
        @DefaultValue("5s") Duration acknowledgement) {

    /**
     * The public port.
     *
     * @param address to listen on; loopback unless told otherwise
     * @param port to listen on; 0 for any
     * @param ioThreads that move all bodies
     * @param connections from clients at most
     * @param maxBody of a request
     * @param bodyPause how long a client may send nothing in the middle of a body
     * @param secureCookies whether the façade's cookies go over TLS only
     * @param drain how long requests under way may take at the end
     */
    record PublicSettings(
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("8080") int port,
            @DefaultValue("2") int ioThreads,
            @DefaultValue("4096") int connections,
            @DefaultValue("64MB") DataSize maxBody,
            @DefaultValue("10s") Duration bodyPause,
            @DefaultValue("false") boolean secureCookies,
            @DefaultValue("10s") Duration drain) {}

    /**
     * What one side may cost.
     *
     * @param concurrent requests on their way to one side
     * @param connect how long a connection may take to come about
     * @param response how long a side may take to begin its answer
     * @param exchange how long a request may take in all
     * @param idle how long an unused connection is kept
     */
    record SideSettings(
            @DefaultValue("256") int concurrent,
            @DefaultValue("2s") Duration connect,
            @DefaultValue("10s") Duration response,
            @DefaultValue("5m") Duration exchange,
            @DefaultValue("10s") Duration idle) {}

    /**
     * How a client sees its own writes.
     *
     * @param limit how long a side's database may take to say what it has applied; later the owner answers
     * @param connections to each side's database for that
     * @param keep how long a write is remembered
     * @param clients remembered at most
     */
    record OwnWritesSettings(
            @DefaultValue("250ms") Duration limit,
            @DefaultValue("4") int connections,
            @DefaultValue("1h") Duration keep,
            @DefaultValue("10000") int clients) {}

    /**
     * What writes meet while their feature is handed over.
     *
     * @param hold how long a write may wait
     * @param waiting writes that may wait at this instance
     * @param underWay how long writes that were let through are waited for before the fence closes
     */
    record HandoverSettings(
            @DefaultValue("2s") Duration hold,
            @DefaultValue("1000") int waiting,
            @DefaultValue("250ms") Duration underWay) {}
}
