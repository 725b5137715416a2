package dev.strangler.inbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One transaction per batch: positions, version guard, effects, parked records. Either all of it is committed or none, so
 * whatever happens between a commit here and anywhere else, the same records are recognised when they come again.
 */
final class ApplyingEvents {

    private final InboxHandler handler;
    private final Consuming consuming;
    private final TransactionTemplate transactions;
    private final JdbcTemplate jdbc;
    private final Positions positions;
    private final Versions versions;
    private final Parking parking;
    private final Markers markers;
    private final Applier applier;
    private final Seal seal;
    private final InboxListener listener;
    private final InboxTracing tracing;

    /** What is parked as far as known: exact inside a transaction, good enough outside to spare the handler's preparations. */
    private volatile ParkedKeys parked = new ParkedKeys();

    ApplyingEvents(
            InboxHandler handler,
            Consuming consuming,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactionManager,
            InboxSettings settings,
            InboxListener listener,
            InboxTracing tracing) {
        this.handler = handler;
        this.consuming = consuming;
        this.jdbc = jdbc;
        this.positions = new Positions(jdbc, consuming.name());
        this.versions = new Versions(jdbc, consuming.name());
        this.parking = new Parking(jdbc, consuming.name(), settings.parkedLimit());
        this.markers = new Markers(jdbc, consuming.name());
        this.applier = Applier.of(handler, consuming, settings, jdbc);
        this.seal = Seal.of(handler, consuming, jdbc);
        this.transactions = new TransactionTemplate(transactionManager);
        this.transactions.setTimeout((int) settings.transactionLimit().toSeconds());
        this.listener = listener;
        this.tracing = tracing;
    }

    Positions positions() {
        return positions;
    }

    Parking parking() {
        return parking;
    }

    Seal seal() {
        return seal;
    }

    /** Reads anew what is parked. */
    ParkedKeys refreshParked() {
        parked = parking.keys();
        return parked;
    }

    /** Registers the aggregate types that the handler declares. */
    void declareTypes() {
        var types = handler.aggregateTypes();
        if (consuming.isLive() && !types.isEmpty()) {
            versions.consumes(types);
            versions.committed(types);
        }
    }

    /**
     * Applies the slices in one transaction. Records of parked keys, and unreadable ones, are parked in it.
     *
     * @throws Seal.Sealed if the consumer is to stop; then nothing has happened
     * @throws RuntimeException as {@link Failure} sorts them; then nothing has happened
     */
    void apply(List<Slice> slices) {
        var believed = parked;
        var candidates = new ArrayList<ReceivedEvent>();
        for (var slice : slices) {
            for (var record : slice.records()) {
                if (record.event() != null && !record.isMarker() && believed.holding(record.key()) == null) {
                    candidates.add(record.event());
                }
            }
        }
        unlessSealed(() -> follow(candidates, () -> {
            prepare(candidates);
            var outcome = transactions.execute(status -> applyInside(slices, believed, status));
            committed(outcome);
        }));
    }

    /** What fails because the copy was given up meanwhile says nothing about the events: nothing is tried again, and nothing parked. */
    private void unlessSealed(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            throw seal.explanationOf(failure);
        }
    }

    /** Parks the one record of the slice, and moves past it. */
    void park(Slice slice, String cause, int attempts) {
        var record = slice.records().get(0);
        transactions.executeWithoutResult(status -> {
            positions.advance(List.of(slice));
            var keys = parking.keys();
            parking.park(List.of(new Parking.Entry(record, record.key(), cause, attempts)), keys.total());
        });
        listener.parked(consuming.name(), record.key().type(), record.key().id(), cause);
    }

    /** Moves positions over records that the log no longer has or never shows. */
    void advance(List<Slice> slices) {
        transactions.executeWithoutResult(status -> positions.advance(slices));
    }

    /** Applies a parked record and takes it out; its key flows again once none is left. */
    void applyParked(ParkedRecord parkedRecord, List<ReceivedEvent> events) {
        unlessSealed(() -> follow(events, () -> {
            prepare(events);
            var outcome = transactions.execute(status -> {
                // New records of the key are parked under the same lock, so none can slip in between.
                positions.lock(parkedRecord.partition());
                parking.release(parkedRecord);
                return effects(Sorting.of(events), null, status);
            });
            committed(outcome);
        }));
    }

    /** Lays a parked record aside for good. */
    void skipParked(ParkedRecord parkedRecord) {
        transactions.executeWithoutResult(status -> {
            positions.lock(parkedRecord.partition());
            parking.remember(parkedRecord);
            parking.release(parkedRecord);
        });
    }

    /** What becomes of the records of a batch. */
    private static final class Sorting {

        final List<ReceivedEvent> events = new ArrayList<>();
        List<Parking.Entry> parked = new ArrayList<>();
        final List<LogRecord> markers = new ArrayList<>();
        int stale;

        static Sorting of(List<ReceivedEvent> events) {
            var sorting = new Sorting();
            sorting.events.addAll(events);
            return sorting;
        }
    }

    private record Outcome(
            List<ReceivedEvent> applied,
            int dropped,
            int stale,
            List<Parking.Entry> parked,
            Set<String> types,
            @Nullable ParkedKeys keys) {}

    private Outcome applyInside(List<Slice> slices, ParkedKeys believed, TransactionStatus status) {
        var epochs = new Epochs(positions.advance(slices));
        var keys = parking.keys();
        int already = keys.total();
        var sorting = new Sorting();
        for (var slice : slices) {
            for (var record : slice.records()) {
                if (record.isMarker()) {
                    sorting.markers.add(record);
                } else if (epochs.isStale(record)) {
                    sorting.stale++;
                } else {
                    requirePrepared(record, keys, believed);
                    sort(record, keys, sorting);
                }
            }
        }
        positions.raise(epochs.raised());
        if (consuming.isLive()) {
            markers.pass(sorting.markers);
        }
        if (!sorting.parked.isEmpty()) {
            sorting.parked = parking.park(sorting.parked, already);
        }
        return effects(sorting, keys, status);
    }

    private void requirePrepared(LogRecord record, ParkedKeys keys, ParkedKeys believed) {
        if (keys.holding(record.key()) == null && believed.holding(record.key()) != null) {
            parked = parking.keys();
            throw new PositionLost("Consumer '%s': %s flows again, its records have to be prepared first."
                    .formatted(consuming.name(), record.key()));
        }
    }

    private static void sort(LogRecord record, ParkedKeys keys, Sorting sorting) {
        if (record.isEmpty()) {
            return;
        }
        var holding = keys.holding(record.key());
        if (holding != null) {
            sorting.parked.add(
                    new Parking.Entry(record, holding, "Waits behind an earlier record of " + holding + ".", 0));
            keys.add(holding, 1);
        } else if (record.event() != null) {
            sorting.events.add(record.event());
        } else {
            sorting.parked.add(new Parking.Entry(record, record.key(), String.valueOf(record.problem()), 1));
            keys.add(record.key(), 1);
        }
    }

    private Outcome effects(Sorting sorting, @Nullable ParkedKeys keys, TransactionStatus status) {
        var fresh = versions.passFresh(sorting.events);
        var types = typesOf(fresh);
        if (consuming.isLive()) {
            versions.consumes(types);
        }
        var applied = applier.leaveOutOwn(fresh);
        if (!applied.isEmpty()) {
            if (consuming.searchPath() != null) {
                jdbc.queryForObject("select set_config('search_path', ?, true)", String.class, consuming.searchPath());
            }
            applier.takeOn();
            handler.apply(List.copyOf(applied));
        }
        if (status.isRollbackOnly()) {
            throw new IllegalStateException(
                    "The handler of consumer '%s' has marked the inbox's transaction for rollback; it must throw instead."
                            .formatted(consuming.name()));
        }
        int dropped = sorting.events.size() - fresh.size();
        return new Outcome(applied, dropped, sorting.stale, sorting.parked, types, keys);
    }

    private void prepare(List<ReceivedEvent> events) {
        var foreign = applier.leaveOutOwn(events);
        if (!foreign.isEmpty()) {
            handler.prepare(List.copyOf(foreign));
        }
    }

    private void committed(@Nullable Outcome outcome) {
        if (outcome == null) {
            return;
        }
        versions.committed(outcome.types());
        if (outcome.keys() != null) {
            parked = outcome.keys();
        }
        if (!outcome.applied().isEmpty()) {
            listener.applied(consuming.name(), outcome.applied());
        }
        if (outcome.dropped() > 0) {
            listener.dropped(consuming.name(), outcome.dropped());
        }
        if (outcome.stale() > 0) {
            listener.stale(consuming.name(), outcome.stale());
        }
        for (var entry : outcome.parked()) {
            if (entry.attempts() > 0) {
                listener.parked(
                        consuming.name(), entry.under().type(), entry.under().id(), entry.cause());
            }
        }
    }

    private void follow(List<ReceivedEvent> events, Runnable work) {
        var traceparent = sharedTraceparent(events);
        if (traceparent == null) {
            tracing.follow(consuming.name(), events, work);
            return;
        }
        try (var closeable = MDC.putCloseable("traceparent", traceparent)) {
            tracing.follow(consuming.name(), events, work);
        }
    }

    /** The trace that all of the events belong to; a batch of several traces has none of its own. */
    private static @Nullable String sharedTraceparent(List<ReceivedEvent> events) {
        var first = events.isEmpty() ? null : events.get(0).traceparent();
        for (var event : events) {
            if (first == null || !first.equals(event.traceparent())) {
                return null;
            }
        }
        return first;
    }

    private static Set<String> typesOf(List<ReceivedEvent> events) {
        var types = new LinkedHashSet<String>();
        for (var event : events) {
            types.add(event.aggregateType());
        }
        return types;
    }
}
