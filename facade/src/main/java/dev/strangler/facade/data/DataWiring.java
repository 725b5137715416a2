package dev.strangler.facade.data;

import dev.strangler.cutover.Backfilling;
import dev.strangler.cutover.Backfills;
import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Repairing;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.Snapshots;
import dev.strangler.cutover.Tracers;
import dev.strangler.cutover.jdbc.FeatureDatabases;
import dev.strangler.cutover.jdbc.JdbcBackfills;
import dev.strangler.cutover.jdbc.JdbcCrossings;
import dev.strangler.cutover.jdbc.JdbcMemories;
import dev.strangler.cutover.jdbc.JdbcParity;
import dev.strangler.cutover.jdbc.JdbcProofs;
import dev.strangler.cutover.jdbc.JdbcSnapshots;
import dev.strangler.cutover.jdbc.JdbcTracers;
import dev.strangler.facade.routes.FollowingRoutes;
import dev.strangler.facade.sides.Consumers;
import dev.strangler.facade.sides.EndOffsets;
import dev.strangler.facade.sides.SideDatabases;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what is done for the data of the features. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataProperties.class)
class DataWiring {

    /** An instance reports several times a second; after so long without it is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration BEGIN_REBUILD = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 4;
    private static final Duration TRACE_STATEMENT = Duration.ofSeconds(2);

    /** For long statements. */
    @Bean
    SideDatabases dataDatabases(FeatureMap map, DataProperties properties) {
        return new SideDatabases(map.deployables(), "data", CONNECTIONS, CONNECT, properties.statement());
    }

    /** Whoever judges both sides can change neither. */
    @Bean
    SideDatabases verifyingDatabases(FeatureMap map, DataProperties properties) {
        return SideDatabases.ofVerifiers(map.deployables(), "verifying", CONNECTIONS, CONNECT, properties.statement());
    }

    /** Apart from the others, so that a comparison does not make a stream look slow. */
    @Bean
    SideDatabases tracingDatabases(FeatureMap map) {
        return new SideDatabases(map.deployables(), "tracing", CONNECTIONS, CONNECT, TRACE_STATEMENT);
    }

    @Bean
    Tracers tracers(JdbcClient database) {
        return new JdbcTracers(database);
    }

    @Bean
    Backfills backfills(JdbcClient database, PlatformTransactionManager transactions) {
        return new JdbcBackfills(database, new TransactionTemplate(transactions), SILENCE);
    }

    @Bean
    Proofs proofs(JdbcClient database, PlatformTransactionManager transactions) {
        return new JdbcProofs(database, new TransactionTemplate(transactions), SILENCE);
    }

    @Bean
    Crossings crossings(FeatureMap map, SideDatabases tracingDatabases, EndOffsets endOffsets, Clock clock) {
        return new JdbcCrossings(of(map, tracingDatabases), origins(map), endOffsets::partitions, clock);
    }

    @Bean
    Snapshots snapshots(FeatureMap map, SideDatabases dataDatabases) {
        return new JdbcSnapshots(of(map, dataDatabases), origins(map));
    }

    @Bean
    Parity parity(
            FeatureMap map,
            SideDatabases verifyingDatabases,
            Crossings crossings,
            DataProperties properties,
            Clock clock) {
        return new JdbcParity(
                of(map, verifyingDatabases),
                crossings,
                JdbcParity.Limits.STANDARD.settlingFor(properties.settle()),
                clock);
    }

    @Bean
    SendingTracers sendingTracers(FeatureMap map, Tracers tracers, Crossings crossings, Clock clock) {
        return new SendingTracers(map, tracers, crossings, clock);
    }

    @Bean(initMethod = "start")
    TracingFeatures tracingFeatures(
            FeatureMap map, Tracers tracers, SendingTracers sending, Phases phases, DataProperties properties) {
        return new TracingFeatures(map, tracers, sending, phases, properties);
    }

    @Bean(initMethod = "start")
    CopyingFeatures copyingFeatures(
            FeatureMap map,
            Routes routes,
            Backfills backfills,
            Snapshots snapshots,
            Crossings crossings,
            Consumers consumers,
            SideDatabases lookingDatabases,
            FollowingRoutes following,
            Phases phases,
            DataProperties properties) {
        var holdingBack = new HoldingBack(map, consumers, lookingDatabases, properties);
        return new CopyingFeatures(
                map,
                routes,
                phases,
                backfills,
                snapshots,
                new Backfilling(
                        backfills, snapshots, crossings, holdingBack, Backfilling.Pace.STANDARD, following.name()));
    }

    @Bean
    Repairing repairing(FeatureMap map, SideDatabases dataDatabases, Snapshots snapshots) {
        return new Repairing(snapshots, new JdbcMemories(of(map, dataDatabases), BEGIN_REBUILD));
    }

    @Bean
    VerifyingFeatures verifyingFeatures(
            Routes routes, Phases phases, Proofs proofs, Parity parity, Repairing repairing) {
        return new VerifyingFeatures(routes, phases, proofs, parity, repairing);
    }

    @Bean
    LookingAtData lookingAtData(
            Routes routes,
            Backfills backfills,
            Proofs proofs,
            Parity parity,
            Repairing repairing,
            Tracers tracers,
            DataProperties properties,
            Clock clock) {
        return new LookingAtData(routes, backfills, proofs, parity, repairing, tracers, properties, clock);
    }

    private static FeatureDatabases of(FeatureMap map, SideDatabases databases) {
        return (feature, side) -> databases.of(map.deployable(feature, side).name());
    }

    /** Each side publishes under its own name. */
    private static BiFunction<Feature, Side, String> origins(FeatureMap map) {
        return (feature, side) -> map.deployable(feature, side).name();
    }
}
