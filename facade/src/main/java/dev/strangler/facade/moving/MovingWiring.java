package dev.strangler.facade.moving;

import dev.strangler.cutover.Backfills;
import dev.strangler.cutover.Endings;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Holds;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Rehearsals;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.jdbc.JdbcEndings;
import dev.strangler.cutover.jdbc.JdbcJournal;
import dev.strangler.cutover.jdbc.JdbcLastWords;
import dev.strangler.cutover.jdbc.JdbcOperations;
import dev.strangler.cutover.jdbc.JdbcPhases;
import dev.strangler.cutover.jdbc.JdbcRehearsals;
import dev.strangler.cutover.jdbc.SchemaHistories;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.LastWords;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Plan;
import dev.strangler.cutover.workflow.SettlingLater;
import dev.strangler.facade.control.ControlEvents;
import dev.strangler.facade.data.DataProperties;
import dev.strangler.facade.data.SendingTracers;
import dev.strangler.facade.relay.RelayDuties;
import dev.strangler.facade.routes.CurrentRoutes;
import dev.strangler.facade.routes.FollowingRoutes;
import dev.strangler.facade.sides.Consumers;
import dev.strangler.facade.sides.EndOffsets;
import dev.strangler.facade.sides.ParkedKeys;
import dev.strangler.facade.sides.SideDatabases;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what hands writes over. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MovingProperties.class)
class MovingWiring {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 4;

    @Bean
    Limits handoverLimits(MovingProperties properties, DataProperties data) {
        return properties.limits(data.proofAge());
    }

    @Bean
    Rehearsals rehearsals(JdbcClient database) {
        return new JdbcRehearsals(database);
    }

    @Bean
    StoredPrecedents.Stores precedents(
            Backfills backfills, Shadows shadows, Rehearsals rehearsals, Operations operations, LastWords lastWords) {
        return new StoredPrecedents.Stores(
                backfills, shadows, rehearsals, operations, lastWords, new SchemaHistories(), new AskingForScripts());
    }

    @Bean
    LastWords lastWords(JdbcClient database) {
        return new JdbcLastWords(database);
    }

    @Bean(initMethod = "start")
    SettlingHandovers settlingHandovers(
            FeatureMap map, Assembling assembling, LastWords lastWords, Journal journal, Clock clock) {
        return new SettlingHandovers(map, assembling, lastWords, new SettlingLater(lastWords, journal), clock);
    }

    @Bean
    RecoveringRelays recoveringRelays(
            FeatureMap map, RelayDuties relays, Operations operations, LastWords lastWords, Assembling assembling) {
        return new RecoveringRelays(map, relays, operations, lastWords, assembling);
    }

    @Bean
    SideDatabases movingDatabases(FeatureMap map) {
        return new SideDatabases(map.deployables(), "moving-writes", CONNECTIONS, LIMIT);
    }

    @Bean
    Operations operations(JdbcClient database) {
        return new JdbcOperations(database);
    }

    @Bean
    Journal journal(JdbcClient database, FollowingRoutes following) {
        return new JdbcJournal(database, following.name(), MovingWrites.LEASE);
    }

    @Bean
    Phases phases(JdbcClient database) {
        return new JdbcPhases(database);
    }

    @Bean
    ProvenBases provenBases(
            Proofs proofs, Parity parity, Operations operations, Journal journal, Limits limits, Clock clock) {
        return new ProvenBases(
                proofs, parity, operations, journal, limits.before().proofAge(), clock);
    }

    @Bean
    Assembling assembling(
            FeatureMap map,
            SideDatabases movingDatabases,
            Routes routes,
            Holds holds,
            FollowingRoutes following,
            PlatformTransactionManager transactions,
            EndOffsets endOffsets,
            RelayDuties relays,
            Consumers consumers,
            Parity parity,
            ProvenBases proven,
            SendingTracers tracers,
            StoredPrecedents.Stores stores) {
        return new Assembling(
                map,
                movingDatabases,
                routes,
                holds,
                following,
                new TransactionTemplate(transactions),
                endOffsets,
                relays,
                consumers,
                parity,
                proven,
                tracers,
                stores);
    }

    @Bean
    Breakpoints breakpoints() {
        return new Breakpoints();
    }

    private record ToldAndStopped(ControlEvents events, Breakpoints breakpoints, HandoverMeters meters)
            implements Onlooker {

        @Override
        public void refused(Plan plan) {
            meters.refused(plan);
        }

        @Override
        public void writing(Operation operation, JournalEntry entry) {
            breakpoints.writing(operation, entry);
        }

        @Override
        public void written(Operation operation, JournalEntry entry) {
            events.operationWentOn(operation, entry);
            breakpoints.written(operation, entry);
        }

        @Override
        public void ended(Conclusion conclusion) {
            meters.ended(conclusion);
        }
    }

    @Bean
    MovingWrites movingWrites(
            FeatureMap map,
            Assembling assembling,
            Operations operations,
            Journal journal,
            Phases phases,
            Limits limits,
            FollowingRoutes following,
            ControlEvents events,
            Clock clock,
            Breakpoints breakpoints,
            HandoverMeters meters,
            MovingProperties properties) {
        var moving = new MovingWrites(
                map,
                assembling,
                operations,
                journal,
                phases,
                limits,
                following.name(),
                clock,
                new ToldAndStopped(events, breakpoints, meters));
        moving.start(properties.recover());
        return moving;
    }

    @Bean(initMethod = "start")
    WatchingFences watchingFences(
            FeatureMap map, Assembling assembling, Phases phases, Clock clock, MovingProperties properties) {
        return new WatchingFences(map, assembling, phases, properties.auditEvery(), clock);
    }

    @Bean
    HandoverMeters handoverMeters(FeatureMap map, CurrentRoutes routes, WatchingFences fences) {
        return new HandoverMeters(map, routes, fences);
    }

    @Bean
    Examining examining(
            Assembling assembling,
            Routes routes,
            Operations operations,
            MovingWrites moving,
            Phases phases,
            WatchingFences fences,
            ParkedKeys parked) {
        return new Examining(assembling, routes, operations, moving, phases, fences, parked);
    }

    @Bean
    Preparing preparing(FeatureMap map, Assembling assembling, Phases phases, RelayDuties relays) {
        return new Preparing(map, assembling, phases, relays);
    }

    @Bean
    Endings endings(JdbcClient database) {
        return new JdbcEndings(database);
    }

    @Bean
    Sealing sealing(Assembling assembling, Examining examining, Routes routes, Phases phases, Endings endings) {
        return new Sealing(assembling, examining, routes, phases, endings);
    }

    @Bean
    Retiring retiring(FeatureMap map, Assembling assembling, Routes routes, Phases phases, Endings endings) {
        return new Retiring(
                map,
                assembling,
                routes,
                phases,
                endings,
                new AskingForCode(map.monolith().url(), LIMIT));
    }
}
