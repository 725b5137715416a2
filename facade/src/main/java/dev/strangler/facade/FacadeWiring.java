package dev.strangler.facade;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Holds;
import dev.strangler.cutover.Instances;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.jdbc.JdbcHolds;
import dev.strangler.cutover.jdbc.JdbcInstances;
import dev.strangler.cutover.jdbc.JdbcRoutes;
import dev.strangler.facade.control.ControlEvents;
import dev.strangler.facade.proxy.HeldWrites;
import dev.strangler.facade.proxy.Limits;
import dev.strangler.facade.proxy.PublicPort;
import dev.strangler.facade.relay.RelayDuties;
import dev.strangler.facade.routes.CurrentRoutes;
import dev.strangler.facade.routes.FollowingRoutes;
import dev.strangler.facade.routes.MovingReads;
import dev.strangler.facade.routes.ObeyingHolds;
import dev.strangler.facade.shadow.Shadowing;
import dev.strangler.facade.sides.BrowsingTopics;
import dev.strangler.facade.sides.Consumers;
import dev.strangler.facade.sides.EndOffsets;
import dev.strangler.facade.sides.ParkedKeys;
import dev.strangler.facade.sides.SideDatabases;
import dev.strangler.facade.written.AppliedWrites;
import dev.strangler.facade.written.JdbcAppliedWrites;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the façade together. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(FacadeProperties.class)
class FacadeWiring {

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(1);
    private static final Duration BROWSING_LIMIT = Duration.ofSeconds(6);
    private static final Duration WORK_LIMIT = Duration.ofSeconds(30);
    private static final int LOOK_CONNECTIONS = 4;
    private static final int WORK_CONNECTIONS = 2;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    FeatureMap featureMap(@Value("${strangler.map}") Path file) {
        return FeatureMap.load(file);
    }

    @Bean
    Routes routes(JdbcClient database, PlatformTransactionManager transactions) {
        return new JdbcRoutes(database, new TransactionTemplate(transactions));
    }

    @Bean
    Instances instances(JdbcClient database) {
        return new JdbcInstances(database);
    }

    @Bean
    CurrentRoutes currentRoutes() {
        return new CurrentRoutes();
    }

    @Bean
    Holds holds(JdbcClient database) {
        return new JdbcHolds(database);
    }

    @Bean
    HeldWrites heldWrites(FacadeProperties properties) {
        return new HeldWrites(properties.handover().waiting());
    }

    @Bean
    FollowingRoutes followingRoutes(
            Routes routes,
            Holds holds,
            Instances instances,
            CurrentRoutes current,
            HeldWrites held,
            FacadeProperties properties,
            ControlEvents events,
            Clock clock) {
        var name = "facade-%s-%s"
                .formatted(
                        ProcessHandle.current().pid(),
                        UUID.randomUUID().toString().substring(0, 8));
        return new FollowingRoutes(
                routes,
                holds,
                instances,
                current,
                new ObeyingHolds(held, properties.handover().underWay()),
                FollowingRoutes.Pace.STANDARD,
                name,
                clock,
                events::routeChanged);
    }

    @Bean
    MovingReads movingReads(Routes routes, FollowingRoutes following, Phases phases, FacadeProperties properties) {
        return new MovingReads(routes, following, phases, properties.acknowledgement());
    }

    @Bean
    SideDatabases lookingDatabases(FeatureMap map) {
        return new SideDatabases(map.deployables(), "looking", LOOK_CONNECTIONS, LOOK_LIMIT);
    }

    @Bean
    SideDatabases workingDatabases(FeatureMap map) {
        // A side that is away must not keep the others waiting for as long as setting up may take.
        return new SideDatabases(map.deployables(), "relay-setup", WORK_CONNECTIONS, LOOK_LIMIT, WORK_LIMIT);
    }

    @Bean
    SideDatabases askingDatabases(FeatureMap map, FacadeProperties properties) {
        var asking = properties.ownWrites();
        return new SideDatabases(map.deployables(), "own-writes", asking.connections(), asking.limit());
    }

    @Bean
    JdbcAppliedWrites appliedWrites(SideDatabases askingDatabases, FacadeProperties properties) {
        var asking = properties.ownWrites();
        return new JdbcAppliedWrites(askingDatabases.all(), asking.connections(), asking.limit());
    }

    @Bean
    EndOffsets endOffsets(FeatureMap map) {
        return new EndOffsets(map.kafka(), LOOK_LIMIT.multipliedBy(2));
    }

    @Bean
    Consumers consumers(SideDatabases lookingDatabases, EndOffsets endOffsets) {
        return new Consumers(lookingDatabases, endOffsets);
    }

    @Bean
    BrowsingTopics browsingTopics(FeatureMap map, Clock clock) {
        return new BrowsingTopics(map.kafka(), BROWSING_LIMIT, clock);
    }

    @Bean
    ParkedKeys parkedKeys(SideDatabases lookingDatabases) {
        return new ParkedKeys(lookingDatabases);
    }

    @Bean
    RelayDuties relayDuties(
            FeatureMap map,
            SideDatabases workingDatabases,
            SideDatabases lookingDatabases,
            ControlEvents events,
            Clock clock) {
        return new RelayDuties(
                map, workingDatabases, lookingDatabases, (before, now) -> events.relayChanged(now), clock);
    }

    @Bean
    PublicPort publicPort(
            FeatureMap map,
            CurrentRoutes routes,
            AppliedWrites applied,
            HeldWrites held,
            FollowingRoutes following,
            Shadowing shadowing,
            FacadeProperties properties,
            Clock clock) {
        var port = properties.publicPort();
        var side = properties.side();
        return new PublicPort(
                map,
                routes::of,
                applied,
                held,
                following::isStale,
                shadowing,
                new PublicPort.Settings(
                        port.address(),
                        port.port(),
                        port.ioThreads(),
                        port.connections(),
                        properties.ownWrites().keep(),
                        properties.ownWrites().clients(),
                        port.secureCookies(),
                        port.drain(),
                        properties.handover().hold()),
                new Limits(
                        side.concurrent(),
                        side.connect(),
                        side.response(),
                        port.bodyPause(),
                        side.exchange(),
                        side.idle(),
                        port.maxBody().toBytes()),
                clock);
    }

    @Bean
    FacadeLife facadeLife(FollowingRoutes following, RelayDuties relays, PublicPort publicPort) {
        return new FacadeLife(following, relays, publicPort);
    }
}
