package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Cutover;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Participants;
import dev.strangler.cutover.workflow.PrecedentsInMemory;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.cutover.workflow.Streams;
import dev.strangler.cutover.workflow.Waiting;
import dev.strangler.sandbox.Infrastructure;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Two real databases with a feature that is handed over between them; the log between the sides is replaced by a direct relay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BetweenDatabases {

    static final Duration LEASE = Duration.ofMillis(300);

    MovedFeature moved;
    JdbcClient control;
    TrafficInMemory traffic;
    DirectRelay there;
    DirectRelay back;
    JdbcOperations operations;
    final AtomicInteger holders = new AtomicInteger();

    @BeforeAll
    void make(Infrastructure infrastructure) throws SQLException {
        moved = new MovedFeature(infrastructure);
        var source = infrastructure.database("facade").dataSource();
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:dev/strangler/cutover/schema")
                .load()
                .migrate();
        control = JdbcClient.create(new SingleConnectionDataSource(source.getConnection(), true));
        operations = new JdbcOperations(control);
        traffic = new TrafficInMemory(moved.feature.name());
        there = new DirectRelay(moved, Side.MONOLITH);
        back = new DirectRelay(moved, Side.SERVICE);
    }

    @AfterAll
    void end() throws InterruptedException {
        there.close();
        back.close();
    }

    Conclusion handOver() {
        return run(next(), entry -> {});
    }

    Operation next() {
        var direction = traffic.route().writes() == Side.MONOLITH ? Direction.FORWARD : Direction.BACK;
        var with = participants();
        return Operation.next(
                direction,
                with.fence(direction.from()).state(),
                with.fence(direction.to()).state(),
                "ann",
                "",
                List.of(),
                Clock.systemUTC().instant());
    }

    Conclusion run(Operation operation, Consumer<JournalEntry> watcher) {
        var holder = "holder-" + holders.incrementAndGet();
        operations.start(operation, holder, LEASE);
        return cutover(operation, holder, watcher).run();
    }

    Cutover cutover(Operation operation, String holder, Consumer<JournalEntry> watcher) {
        return new Cutover(
                operation,
                (to, reason) -> operations.turn(operation.id(), holder, to, reason),
                new JdbcJournal(control, holder, LEASE),
                participants(),
                patient(Duration.ofSeconds(1)),
                Waiting.REAL,
                Clock.systemUTC(),
                watcher);
    }

    static Limits patient(Duration oldTransaction) {
        var standard = Limits.STANDARD;
        var before = standard.before();
        return new Limits(
                standard.instances(),
                new Limits.Lock(Duration.ofMillis(100), 3, Duration.ofMillis(20)),
                new Limits.Gap(
                        standard.gap().whole(),
                        Duration.ofSeconds(1),
                        standard.gap().look()),
                new Limits.Afterwards(
                        Duration.ofSeconds(1), standard.afterwards().reverse()),
                new Limits.Before(
                        oldTransaction,
                        before.lagRecords(),
                        before.roundTrip(),
                        before.proofAge(),
                        before.precedents()));
    }

    Participants participants() {
        var source = traffic.route().writes();
        var name = moved.feature.name();
        var databases = Map.of(Side.MONOLITH, moved.kept(Side.MONOLITH), Side.SERVICE, moved.kept(Side.SERVICE));
        return new Participants(
                moved.feature,
                Map.of(
                        Side.MONOLITH,
                        new JdbcFence(name, databases.get(Side.MONOLITH)),
                        Side.SERVICE,
                        new JdbcFence(name, databases.get(Side.SERVICE))),
                traffic,
                new JdbcMarkerStream(
                        moved.feature,
                        Map.of(Side.MONOLITH, "monolith", Side.SERVICE, "service"),
                        databases,
                        () -> MovedFeature.PARTITIONS),
                new ComparingCounters(moved, source),
                new JdbcAnswers(name, databases.get(source), databases.get(source.other())),
                new JdbcIdGenerators(
                        databases.get(source.other()),
                        moved.feature.tablesOn(source.other()),
                        databases.get(source),
                        moved.feature.tablesOn(source)),
                new FlowingAlways(),
                new JdbcEchoes(
                        name, databases, Map.of(Side.MONOLITH, slot(Side.MONOLITH), Side.SERVICE, slot(Side.SERVICE))),
                new PrecedentsInMemory());
    }

    /** Slots belong to the server, which other classes use at the same time. */
    String slot(Side side) {
        return "echoes_of_%s_%s".formatted(side, getClass().getSimpleName()).toLowerCase(Locale.ROOT);
    }

    void assertOneOwner() {
        var states = participants();
        var monolith = states.fence(Side.MONOLITH).state();
        var service = states.fence(Side.SERVICE).state();
        assertThat(monolith.isOpen()).isNotEqualTo(service.isOpen());
        var open = monolith.isOpen() ? monolith : service;
        assertThat(open.isEnforced()).isTrue();
        assertThat(traffic.route().writes()).isEqualTo(open.side());
        assertThat(traffic.route().epoch()).isEqualTo(open.epoch());
    }

    void assertNothingLostOrDoubled(Raising writers) {
        var owner = traffic.route().writes();
        var expected = new LinkedHashMap<>(writers.before());
        writers.acknowledged().forEach((id, times) -> expected.merge(id, times, Long::sum));
        assertThat(moved.raised(owner)).isEqualTo(expected);
        await().untilAsserted(() -> assertThat(moved.raised(owner.other())).isEqualTo(expected));
        assertThat(there.failure).isNull();
        assertThat(back.failure).isNull();
    }

    Consumer<JournalEntry> dyingAt(StepName step) {
        return entry -> {
            if (entry.step() == step) {
                throw new Dead();
            }
        };
    }

    static final class Dead extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Events flow as long as the relay is not cut. */
    static final class FlowingAlways implements Streams {
        @Override
        public String relay(Side side) {
            return "RUNNING";
        }

        @Override
        public long behind(Side side) {
            return 0;
        }

        @Override
        public long parked(Side side) {
            return 0;
        }

        @Override
        public Optional<Duration> trip(Direction direction, Duration limit) {
            return Optional.of(Duration.ofMillis(10));
        }
    }
}
