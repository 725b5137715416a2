package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.outbox.relay.Lsn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everybody who takes part, in memory and by the rules of the real ones; watches that at most one side lets writers through. */
final class World implements Traffic, MarkerStream, Comparing, Answers, IdGenerators, Streams, Echoes {

    static final FeatureName FEATURE = new FeatureName("assets");
    static final Lsn FENCED_BEHIND = new Lsn(10);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    final Faults faults = new Faults();
    final FenceInMemory monolith = new FenceInMemory(Side.MONOLITH, this);
    final FenceInMemory service = new FenceInMemory(Side.SERVICE, this);
    final Set<Side> away = EnumSet.noneOf(Side.class);
    final List<Difference> differences = new ArrayList<>();
    final PrecedentsInMemory precedents = new PrecedentsInMemory();
    List<String> generatedColumns = List.of("asset.id");
    List<String> fullGenerators = List.of();
    List<String> loneGenerators = List.of();
    final List<JournalEntry> journal = new ArrayList<>();
    final List<Lsn> saidAgain = new ArrayList<>();
    Lsn confirmed = FENCED_BEHIND;
    String reader = "one";
    boolean isSomebodySayingAgain;
    boolean isStreamCut;
    boolean isLeaseEnforced = true;
    boolean isControlAway;
    int partitions = 3;
    String holder = "one";
    Course course = Course.RUNNING;
    String wish = "";
    Route route = Route.atMonolith(FEATURE).readingAtService(Percentage.ALL);

    @Nullable
    OperationId heldBy;

    long nanos;
    private final Set<String> arrived = new HashSet<>();

    final Waiting waiting = new Waiting() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void pause(Duration time) {
            nanos += time.toNanos();
        }
    };

    final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return START.plusNanos(nanos);
        }
    };

    Operation operation(Direction direction) {
        var from = direction == Direction.FORWARD ? monolith.state() : service.state();
        var to = direction == Direction.FORWARD ? service.state() : monolith.state();
        var newest = Fences.newest(from).isAfter(Fences.newest(to)) ? Fences.newest(from) : Fences.newest(to);
        return new Operation(
                OperationId.random(), FEATURE, direction, from.epoch(), newest.next(), "ann", "", List.of(), START);
    }

    Cutover cutover(Operation operation) {
        return cutover(operation, holder);
    }

    Cutover cutover(Operation operation, String by) {
        Journal own = new Journal() {
            @Override
            public Optional<String> write(OperationId id, List<JournalEntry> entries) {
                return faults.call("journal", () -> {
                    requireControl();
                    requireLead(id, by);
                    journal.addAll(entries);
                    return course == Course.ABORTING ? Optional.of(wish) : Optional.empty();
                });
            }

            @Override
            public List<JournalEntry> of(OperationId id) {
                requireControl();
                return List.copyOf(journal);
            }
        };
        return new Cutover(
                operation,
                (to, reason) -> faults.call("turn", () -> {
                    requireControl();
                    requireLead(operation.id(), by);
                    if (course.isOver()) {
                        throw new LeaseLost(operation.id(), by);
                    }
                    course = to;
                    wish = reason;
                    return null;
                }),
                own,
                participants(),
                Limits.STANDARD,
                waiting,
                clock,
                entry -> {});
    }

    Participants participants() {
        var feature =
                new Feature(FEATURE, "dam", List.of("/api/assets"), Set.of("Asset"), "assets.v1", Map.of(), Map.of());
        return new Participants(
                feature,
                Map.of(Side.MONOLITH, monolith, Side.SERVICE, service),
                this,
                this,
                this,
                this,
                this,
                this,
                this,
                precedents);
    }

    /** What the façades keep, and how they tell one another. */
    private void requireControl() {
        if (isControlAway) {
            throw new IllegalStateException("The control database is away.");
        }
    }

    private void requireLead(OperationId id, String by) {
        if (isLeaseEnforced && !by.equals(holder)) {
            throw new LeaseLost(id, by);
        }
    }

    boolean isAway(Side side) {
        return away.contains(side);
    }

    void requireSingleWriter() {
        if (monolith.letsWritersThrough() && service.letsWritersThrough()) {
            throw new AssertionError("Both sides let writers through.");
        }
    }

    void publish(Side side, List<Marker> markers) {
        if (!isStreamCut) {
            markers.forEach(marker -> arrived.add(side.other() + " " + marker.name()));
        }
    }

    /** The one side where writers get through; empty when there is none. */
    Optional<Side> writer() {
        requireSingleWriter();
        return monolith.letsWritersThrough()
                ? Optional.of(Side.MONOLITH)
                : service.letsWritersThrough() ? Optional.of(Side.SERVICE) : Optional.empty();
    }

    @Override
    public Route route() {
        return route;
    }

    @Override
    public List<String> lateInstances(Duration limit) {
        return List.of();
    }

    @Override
    public List<String> arm(OperationId operation, Duration lifetime, Duration limit) {
        return faults.call("arm", () -> {
            requireControl();
            heldBy = null;
            return List.of();
        });
    }

    @Override
    public List<String> hold(OperationId operation, Duration lifetime, Duration limit) {
        return faults.call("hold", () -> {
            requireControl();
            heldBy = operation;
            return List.of();
        });
    }

    @Override
    public void unhold(OperationId operation) {
        faults.call("unhold", () -> {
            requireControl();
            heldBy = operation.equals(heldBy) ? null : heldBy;
            return null;
        });
    }

    @Override
    public Route release(OperationId operation, Side owner, Epoch epoch, String who, String why) {
        return faults.call("release", () -> {
            requireControl();
            heldBy = operation.equals(heldBy) ? null : heldBy;
            if (route.writes() != owner || !route.epoch().equals(epoch)) {
                route = route.ownedBy(owner, epoch);
            }
            return route;
        });
    }

    @Override
    public String topic() {
        return "assets.v1";
    }

    @Override
    public int partitions() {
        return faults.call("partitions", () -> partitions);
    }

    @Override
    public List<Marker> markers(String name, Side publisher, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new Marker(
                        topic(), name + "#" + partition, publisher.name().toLowerCase()))
                .toList();
    }

    @Override
    public List<String> consumers(Side side) {
        return List.of("intake");
    }

    @Override
    public List<String> missing(Side side, String name, int partitions) {
        return faults.call("missing", () -> arrived.contains(side + " " + name) ? List.of() : List.of("intake/0"));
    }

    @Override
    public Optional<Base> base() {
        return Optional.of(new Base(new Lsn(1), START, "shape", null));
    }

    @Override
    public Lsn position() {
        return faults.call("position", () -> new Lsn(2));
    }

    @Override
    public Lsn positionOfCopy() {
        return new Lsn(3);
    }

    @Override
    public List<String> changedSince(Lsn position) {
        return faults.call("changedSince", () -> List.of("a", "b"));
    }

    @Override
    public List<Difference> differences(Collection<String> ids) {
        return faults.call("differences", () -> List.copyOf(differences));
    }

    @Override
    public Carried carry(@Nullable Instant since) {
        return faults.call("carry", () -> new Carried(0, START));
    }

    @Override
    public int raise(long beyond) {
        return faults.call("raise", () -> 0);
    }

    @Override
    public List<String> columns() {
        return generatedColumns;
    }

    @Override
    public List<String> withoutCounterpart() {
        return loneGenerators;
    }

    @Override
    public List<String> withoutRoom(long beyond) {
        return fullGenerators;
    }

    @Override
    public Optional<String> reader(Side side) {
        return faults.call("reader", () -> Optional.of(reader).filter(name -> !name.isEmpty()));
    }

    @Override
    public Lsn end(Side side) {
        return FENCED_BEHIND;
    }

    @Override
    public boolean isPast(Side side, Lsn position) {
        return faults.call("isPast", () -> !position.isAfter(confirmed));
    }

    @Override
    public OptionalLong sayAgain(Side owner, Lsn since) {
        return faults.call("sayAgain", () -> {
            if (!writer().equals(Optional.of(owner))) {
                throw new AssertionError(owner + " says again what is not its own.");
            }
            if (isSomebodySayingAgain) {
                return OptionalLong.empty();
            }
            saidAgain.add(since);
            return OptionalLong.of(2);
        });
    }

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
        return Optional.of(Duration.ofMillis(40));
    }
}
