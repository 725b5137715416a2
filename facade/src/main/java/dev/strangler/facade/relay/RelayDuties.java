package dev.strangler.facade.relay;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.facade.sides.Reading;
import dev.strangler.facade.sides.SideDatabases;
import dev.strangler.outbox.relay.ConnectClient;
import dev.strangler.outbox.relay.ConnectorStatus;
import dev.strangler.outbox.relay.RelayConnector;
import dev.strangler.outbox.relay.RelayListener;
import dev.strangler.outbox.relay.RelayRecovery;
import dev.strangler.outbox.relay.RelaySetup;
import dev.strangler.outbox.relay.RelayState;
import dev.strangler.outbox.relay.RelayTopics;
import dev.strangler.outbox.relay.RelayWatch;
import dev.strangler.outbox.relay.ReplicationSlots;
import dev.strangler.outbox.relay.RestartPace;
import dev.strangler.outbox.relay.TopicSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The relay of every publishing side of the map: set up at the start, again and again until it has worked, then watched. Nothing of it
 * holds up the public port.
 */
public final class RelayDuties implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RelayDuties.class);

    private static final Duration SETUP_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final String KAFKA = "kafka";

    private final FeatureMap map;
    private final List<Publisher> publishers;
    private final List<String> topics;
    private final SideDatabases working;
    private final SideDatabases looking;
    private final ConnectClient patient;
    private final ConnectClient connect;
    private final RelaySetup setup;
    private final RelayWatch watch;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var made = new Thread(task, "relay-setup");
        made.setDaemon(true);
        return made;
    });
    private final Map<String, String> troubles = new ConcurrentHashMap<>();

    private record Publisher(Deployable side, RelayConnector connector) {}

    /**
     * @param working owners' connections with the patience that setting up needs
     * @param looking owners' connections for looking, with little patience
     */
    public RelayDuties(
            FeatureMap map, SideDatabases working, SideDatabases looking, RelayListener listener, Clock clock) {
        this.map = map;
        this.publishers = map.connectors().stream()
                .map(connector -> new Publisher(publisher(map, connector), connector))
                .toList();
        this.topics = map.topics();
        publishers.forEach(publisher -> troubles.put(publisher.side().name(), "not tried yet"));
        this.working = working;
        this.looking = looking;
        this.patient = new ConnectClient(map.connect(), SETUP_LIMIT);
        this.connect = new ConnectClient(map.connect(), LOOK_LIMIT);
        this.setup = new RelaySetup(patient, new RelayTopics(map.kafkaAdministration()));
        this.watch = new RelayWatch(
                connect,
                map.connectors(),
                connector -> slots(publisher(map, connector)).find(connector.slot()),
                listener,
                RestartPace.STANDARD,
                clock);
    }

    /** Sets up and watches from now on, on threads of its own. */
    public void start() {
        thread.execute(() -> setUpUntilDone(FIRST_PAUSE));
        watch.start(BETWEEN_LOOKS);
    }

    /**
     * Sets up now what is missing.
     *
     * @return what is in the way; null when nothing is
     */
    public synchronized @Nullable String ensure() {
        ensureRights();
        publishers.forEach(this::ensure);
        return troubles.isEmpty() ? null : String.join("; ", new TreeMap<>(troubles).values());
    }

    private void ensureRights() {
        try {
            map.ensureTopicRights();
            troubles.remove(KAFKA);
        } catch (RuntimeException inTheWay) {
            log.debug("Rights to topics can't be given now", inTheWay);
            troubles.put(KAFKA, KAFKA + ": " + Reading.<String>unknown(inTheWay).unknown());
        }
    }

    /** One that can't be set up keeps no other from it: a service may come up later than the monolith. */
    private void ensure(Publisher publisher) {
        var side = publisher.side().name();
        try {
            setup.ensure(publisher.connector(), working.of(side), topics, TopicSettings.standard());
            troubles.remove(side);
        } catch (RuntimeException inTheWay) {
            log.debug("The relay of {} can't be set up now", side, inTheWay);
            troubles.put(side, side + ": " + Reading.<String>unknown(inTheWay).unknown());
        }
    }

    /**
     * The way out of a dropped slot: makes it anew and appends again what it may have missed.
     *
     * @return how many events were appended again
     * @throws IllegalArgumentException when no connector of the map has that name
     */
    public synchronized long recover(String connector) {
        var publisher = publishers.stream()
                .filter(candidate -> candidate.connector().name().equals(connector))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No relay is called '%s', only %s. Name one of them."
                        .formatted(
                                connector,
                                publishers.stream()
                                        .map(known -> known.connector().name())
                                        .toList())));
        return new RelayRecovery(
                        patient,
                        publisher.connector(),
                        working.of(publisher.side().name()))
                .recover();
    }

    /** How all relays fare; parts that can't be read now say why. */
    public List<RelayReport> report() {
        return publishers.stream().map(this::report).toList();
    }

    /** How that side's relay fared when it was last looked at; asks nobody, so it costs no time. Empty for a side without one. */
    public Optional<String> condition(String side) {
        return publishers.stream()
                .filter(publisher -> publisher.side().name().equals(side))
                .map(publisher -> state(publisher).condition().name())
                .findFirst();
    }

    private RelayState state(Publisher publisher) {
        var name = publisher.connector().name();
        return watch.states().stream()
                .filter(known -> known.connector().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RelayReport report(Publisher publisher) {
        var name = publisher.connector().name();
        var state = state(publisher);
        return new RelayReport(
                publisher.side().name(),
                name,
                state.condition(),
                state.detail(),
                state.restarts(),
                troubles.get(publisher.side().name()),
                Reading.of(() -> tasks(name)),
                Reading.of(() -> slot(publisher)),
                Reading.of(() -> lag(publisher)));
    }

    private List<String> tasks(String connector) {
        return connect.status(connector)
                .map(ConnectorStatus::tasks)
                .map(tasks ->
                        tasks.stream().map(ConnectorStatus.TaskStatus::state).toList())
                .orElse(List.of());
    }

    private RelayReport.Slot slot(Publisher publisher) {
        var name = publisher.connector().slot();
        return slots(publisher.side())
                .find(name)
                .map(slot -> new RelayReport.Slot(name, true, slot.isActive(), slot.walStatus(), slot.retainedBytes()))
                .orElse(new RelayReport.Slot(name, false, false, null, 0));
    }

    private RelayReport.Lag lag(Publisher publisher) {
        var slot = publisher.connector().slot();
        return JdbcClient.create(looking.of(publisher.side().name()))
                .sql("""
                        select coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn), 0)::bigint as bytes,
                               coalesce(extract(epoch from clock_timestamp() - (
                                   select min(created_at) from strangler.outbox where lsn >= s.confirmed_flush_lsn)), 0) as oldest
                          from pg_replication_slots s where s.slot_name = ?
                        """)
                .param(slot)
                .query((row, number) -> new RelayReport.Lag(row.getLong("bytes"), row.getDouble("oldest")))
                .optional()
                .orElseThrow(() -> new IllegalStateException("There is no slot %s.".formatted(slot)));
    }

    private ReplicationSlots slots(Deployable side) {
        return new ReplicationSlots(looking.of(side.name()));
    }

    private static Deployable publisher(FeatureMap map, RelayConnector connector) {
        return map.deployables().stream()
                .filter(side -> side.connector().name().equals(connector.name()))
                .findFirst()
                .orElseThrow();
    }

    private void setUpUntilDone(Duration pause) {
        var inTheWay = ensure();
        if (inTheWay == null) {
            log.info("The relay is set up for {}", topics);
            return;
        }
        log.warn("The relay is not set up, next attempt in {}: {}", pause, inTheWay);
        var longer = pause.multipliedBy(2);
        thread.schedule(
                () -> setUpUntilDone(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        watch.close();
        thread.shutdownNow();
    }
}
