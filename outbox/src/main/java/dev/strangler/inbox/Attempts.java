package dev.strangler.inbox;

import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what is due and decides what a failure means. The price of a record that fails is some repeated transactions of
 * ever smaller batches, then as many quick attempts of its own as allowed; then its key is parked and the others go on.
 */
final class Attempts {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final String consumer;
    private final InboxSettings settings;
    private final ApplyingEvents applying;
    private final Gate gate;
    private final BackOff backOff;
    private final InboxListener listener;
    private final BooleanSupplier stopping;

    Attempts(
            String consumer,
            InboxSettings settings,
            ApplyingEvents applying,
            Gate gate,
            BackOff backOff,
            InboxListener listener,
            BooleanSupplier stopping) {
        this.consumer = consumer;
        this.settings = settings;
        this.applying = applying;
        this.gate = gate;
        this.backOff = backOff;
        this.listener = listener;
        this.stopping = stopping;
    }

    /** Applies the next records of the group in one transaction, if it works. */
    void attempt(List<Hand> group, LogReader reader) {
        if (!gate.isOpen(System.nanoTime())) {
            return;
        }
        var slices = group.stream()
                .map(hand -> hand.slice(reader.reach(hand.partition())))
                .toList();
        try {
            applying.apply(slices);
            gate.open();
            for (int i = 0; i < slices.size(); i++) {
                group.get(i).applied(slices.get(i));
            }
        } catch (Seal.Sealed end) {
            throw end;
        } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
            failed(group, slices, e);
        }
    }

    /** Moves a position over offsets that hold nothing to apply. */
    void advance(Hand hand, long next) {
        try {
            applying.advance(List.of(new Slice(hand.partition(), hand.expected(), next, List.of())));
            hand.advanced(next);
        } catch (PositionLost e) {
            lost(List.of(hand), e);
        }
    }

    private void failed(List<Hand> group, List<Slice> slices, Throwable failure) {
        if (stopping.getAsBoolean()) {
            return; // what an interrupted handler throws says nothing about its events
        }
        var kind = Failure.of(failure);
        listener.retried(consumer, kind.name().toLowerCase(Locale.ROOT));
        if (kind == Failure.AWAY) {
            gate.shut(failure, System.nanoTime());
            // Also if only this one keeps failing while the database answers others.
            group.forEach(
                    hand -> pause(hand, Flow.WAITING, "its database is away or busy: " + failure, hand.countWait()));
        } else if (kind == Failure.LOST) {
            lost(group, failure);
        } else if (group.size() > 1) {
            group.forEach(Hand::goAlone);
        } else if (slices.get(0).records().size() > 1) {
            group.get(0).narrow(slices.get(0).records().size());
        } else {
            failedAlone(group.get(0), slices.get(0), kind, failure);
        }
    }

    private void lost(List<Hand> group, Throwable failure) {
        for (var hand : group) {
            hand.unsettle(String.valueOf(failure.getMessage()), backOff.after(hand.waits() + 1), System.nanoTime());
        }
    }

    private void failedAlone(Hand hand, Slice slice, Failure kind, Throwable failure) {
        if (kind.isOfTheEvent()) {
            int tried = hand.countAttempt();
            if (tried >= settings.attempts()) {
                park(hand, slice, kind, failure, tried);
            } else {
                pause(
                        hand,
                        Flow.WAITING,
                        "attempt %d of %d failed: %s".formatted(tried, settings.attempts(), failure),
                        tried);
            }
        } else {
            var flow = kind == Failure.FULL ? Flow.REFUSED : Flow.WAITING;
            pause(hand, flow, String.valueOf(failure.getMessage()), hand.countWait());
        }
    }

    private void park(Hand hand, Slice slice, Failure kind, Throwable failure, int tried) {
        var record = slice.records().get(0);
        var key = record.key();
        try {
            applying.park(slice, Parking.causeOf(record, kind, failure), tried);
            log.error(
                    "Consumer '{}' has parked {} after {} attempts at {}@{}; its later records wait behind it.",
                    consumer,
                    key,
                    tried,
                    hand.partition(),
                    record.offset(),
                    failure);
            hand.applied(slice);
        } catch (RuntimeException e) {
            notParked(hand, record, e);
        }
    }

    /** Whatever keeps a record from being parked costs its partition only. */
    private void notParked(Hand hand, LogRecord record, RuntimeException failure) {
        switch (Failure.of(failure)) {
            case AWAY -> throw failure;
            case LOST -> lost(List.of(hand), failure);
            case LATER -> pause(hand, Flow.WAITING, String.valueOf(failure.getMessage()), hand.countWait());
            case FULL -> pause(hand, Flow.REFUSED, String.valueOf(failure.getMessage()), hand.countWait());
            case FOREIGN, POISON ->
                pause(
                        hand,
                        Flow.REFUSED,
                        "%s at offset %d can be neither applied nor parked, so its partition stops: %s. It is tried again by itself once strangler.inbox_parked takes it."
                                .formatted(record.key(), record.offset(), failure.getMessage()),
                        hand.countWait());
        }
    }

    private void pause(Hand hand, Flow flow, String reason, int times) {
        hand.pause(flow, reason, backOff.after(times), System.nanoTime());
    }
}
