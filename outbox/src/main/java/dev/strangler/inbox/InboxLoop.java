package dev.strangler.inbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls, applies, waits: the one thread of an inbox. Nothing ends it but {@link #stop}, and the {@link Seal} of an applier. */
final class InboxLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(InboxLoop.class);

    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final Duration HOUSEKEEPING = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration ASK_FOR_ENDS = Duration.ofSeconds(5);

    private final Consuming consuming;
    private final InboxSettings settings;
    private final LogReader reader;
    private final ApplyingEvents applying;
    private final Attempts attempts;
    private final CarryingOutVerdicts verdicts;
    private final Settling settling;
    private final BackOff backOff;
    private final Gate gate;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Hands hands;
    private volatile InboxStatus status;
    private @Nullable String brokerTrouble;
    private @Nullable String ended;
    private boolean declared;
    private ParkedKeys parked = new ParkedKeys();
    private long verdictsDue = System.nanoTime();
    private long housekeepingDue = System.nanoTime();
    private long endsDue = System.nanoTime();
    private Map<TopicPartition, Long> shown = Map.of();

    InboxLoop(
            Consuming consuming,
            InboxSettings settings,
            LogReader reader,
            ApplyingEvents applying,
            InboxListener listener,
            BackOff backOff) {
        this.consuming = consuming;
        this.settings = settings;
        this.reader = reader;
        this.applying = applying;
        this.backOff = backOff;
        this.gate = new Gate(consuming.name(), backOff);
        this.attempts = new Attempts(consuming.name(), settings, applying, gate, backOff, listener, this::isStopping);
        this.verdicts = new CarryingOutVerdicts(consuming.name(), applying, listener, backOff, this::isStopping);
        this.settling = new Settling(consuming.name(), applying.positions());
        this.status = new InboxStatus(consuming.name(), false, null, 0, 0, null, List.of());
    }

    InboxStatus status() {
        return status;
    }

    /** Asks the thread to end after the transaction at hand. */
    void stop() {
        stopping.countDown();
        var current = hands;
        if (current != null) {
            current.kafka().wakeup();
        }
    }

    @Override
    public void run() {
        var restarts = new Restarts(backOff);
        while (!isStopping() && ended == null) {
            long began = System.nanoTime();
            try {
                read();
            } catch (Seal.Sealed end) {
                end(String.valueOf(end.getMessage()));
            } catch (WakeupException | InterruptException e) {
                log.debug("Consumer '{}' was woken.", consuming.name());
            } catch (Throwable e) { // also an Error: a thread that ends would leave the partitions to nobody
                log.error("Consumer '{}' could not go on and starts anew.", consuming.name(), e);
                status = new InboxStatus(
                        consuming.name(),
                        true,
                        Parking.causeOf(e),
                        parked.keys(),
                        parked.total(),
                        null,
                        InboxLag.unknown(status.partitions(), Parking.causeOf(e)));
                rest(restarts.after(Duration.ofNanos(System.nanoTime() - began)));
            }
        }
        status = new InboxStatus(consuming.name(), false, null, parked.keys(), parked.total(), ended, List.of());
    }

    /** Its partitions go to nobody, or to other instances, which will end the same way. */
    private void end(String reason) {
        ended = reason;
        log.info("Consumer '{}' stops for good. {}", consuming.name(), reason);
        try {
            applying.seal().obey();
        } catch (RuntimeException away) {
            log.warn("Consumer '{}' could not write down that it has stopped.", consuming.name(), away);
        }
    }

    private void read() {
        var current = new Hands(consuming.name(), settings.maxBatch(), reader);
        hands = current;
        try {
            while (!isStopping()) {
                turn(current);
            }
            show(current);
        } finally {
            hands = null;
            current.kafka().close(CloseOptions.timeout(settings.stopLimit().dividedBy(2)));
        }
    }

    private void turn(Hands current) {
        try {
            current.take(current.kafka().poll(idle(current)));
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions()
                    .keySet()
                    .forEach(partition -> current.of(partition).ifPresent(settling::outOfRange));
        }
        if (gate.isOpen(System.nanoTime())) {
            try {
                work(current);
            } catch (RuntimeException e) {
                if (Failure.of(e) != Failure.AWAY) {
                    throw e;
                }
                gate.shut(e, System.nanoTime());
            }
        }
        current.steer();
        publish(current);
    }

    private void work(Hands current) {
        if (!declared) {
            applying.seal().requireUnbroken();
            applying.declareTypes();
            declared = true;
        }
        var unsettled = current.unsettled(System.nanoTime());
        if (!unsettled.isEmpty()) {
            settling.settle(unsettled, current);
        }
        for (var group : current.due(System.nanoTime())) {
            attempts.attempt(group, reader);
        }
        long now = System.nanoTime();
        if (now - verdictsDue >= 0) {
            verdictsDue = now + settings.verdictInterval().toNanos();
            applying.seal().requireUnbroken();
            verdicts.carryOut(current.partitions());
            parked = applying.refreshParked();
            gate.open();
        }
        if (now - housekeepingDue >= 0) {
            housekeepingDue = now + HOUSEKEEPING.toNanos();
            advanceOverNothing(current);
        }
        if (now - endsDue >= 0) {
            endsDue = now + ASK_FOR_ENDS.toNanos();
            askForEnds(current);
            show(current);
        }
    }

    private long remaining(Hands current) {
        long now = System.nanoTime();
        if (!gate.isOpen(now)) {
            return Math.min(gate.untilOpen(now), LONGEST_POLL.toNanos());
        }
        long untilVerdicts = Math.max(0, verdictsDue - now);
        return Math.min(current.untilDue(now, LONGEST_POLL.toNanos()), untilVerdicts);
    }

    /** How long a poll may wait for records: until there is something else to do. */
    private Duration idle(Hands current) {
        long nanos = remaining(current);
        return nanos <= 0 ? Duration.ZERO : Duration.ofNanos(Math.max(nanos, 1_000_000));
    }

    /** Offsets that hold nothing to apply (compacted away, markers of transactions) count as applied. */
    private void advanceOverNothing(Hands current) {
        for (var hand : current.all()) {
            if (!hand.isSettled()) {
                continue;
            }
            long reach = reader.reach(hand.partition());
            long next = hand.nothingBefore(position(current.kafka(), hand));
            long target = Math.min(reach, next);
            if (target > hand.expected() && !hand.hasBelow(reach)) {
                attempts.advance(hand, target);
            }
        }
    }

    private void askForEnds(Hands current) {
        try {
            if (current.all().isEmpty()) {
                brokerTrouble = missingTopics(current);
                return;
            }
            var ends = current.kafka().endOffsets(current.partitions(), PATIENCE);
            ends.forEach((partition, end) -> current.of(partition).ifPresent(hand -> hand.heardEnd(end)));
            brokerTrouble = null;
        } catch (RetriableException e) {
            brokerTrouble = "The broker does not answer: " + e.getMessage();
        }
    }

    /** Having no partition is no trouble if other instances have them all; if there are none it is. */
    private @Nullable String missingTopics(Hands current) {
        var missing = reader.topics().stream()
                .filter(topic -> {
                    var partitions = current.kafka().partitionsFor(topic, PATIENCE);
                    return partitions == null || partitions.isEmpty();
                })
                .sorted()
                .toList();
        return missing.isEmpty()
                ? null
                : "The topics %s do not exist. They are read from their beginning as soon as they are created; whoever sets up the relay does that."
                        .formatted(missing);
    }

    /** Tells the group where we are, for tools that look there; nothing here depends on it. */
    private void show(Hands current) {
        if (!consuming.isLive()) {
            return;
        }
        var offsets = new HashMap<TopicPartition, Long>();
        var commit = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var hand : current.all()) {
            if (hand.isSettled()) {
                offsets.put(hand.partition(), hand.expected());
                commit.put(hand.partition(), new OffsetAndMetadata(hand.expected()));
            }
        }
        if (!offsets.equals(shown)) {
            shown = offsets;
            current.kafka().commitAsync(commit, (committed, failure) -> {
                if (failure != null) {
                    log.debug("Consumer '{}' could not show its position to the group.", consuming.name(), failure);
                }
            });
        }
    }

    private void publish(Hands current) {
        hearEnds(current.kafka(), current);
        var trouble = gate.trouble() != null ? gate.trouble() : brokerTrouble;
        var lags = current.all().stream().map(Hand::lag).toList();
        status = new InboxStatus(consuming.name(), true, trouble, parked.keys(), parked.total(), null, lags);
    }

    /** What fetching has told in passing is newer than what was asked for. */
    private static void hearEnds(Consumer<String, String> kafka, Hands current) {
        for (var hand : current.all()) {
            if (hand.isSettled()) {
                kafka.currentLag(hand.partition()).ifPresent(lag -> hand.heardEnd(position(kafka, hand) + lag));
            }
        }
    }

    /** The next offset that the log will deliver; while a new leader is being asked about it, no more than what was applied. */
    private static long position(Consumer<String, String> kafka, Hand hand) {
        try {
            return kafka.position(hand.partition(), Duration.ZERO);
        } catch (RetriableException e) {
            return hand.expected();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void rest(Duration pause) {
        try {
            if (stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                log.debug("Consumer '{}' ends its rest.", consuming.name());
            }
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }
}
