package dev.strangler.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Follows the live consumer until it is near, then holds it, lets the last records be applied, and swaps. Whatever does not work within
 * its time is given up, the live consumer released, and tried again.
 */
final class Approach {

    private static final Logger log = LoggerFactory.getLogger(Approach.class);

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration SAY = Duration.ofSeconds(10);
    private static final Duration LAST_RECORDS = Duration.ofSeconds(15);
    private static final Duration LONGEST_SWAP = Duration.ofMinutes(10);
    private static final String LONGEST_WAIT_FOR_LOCK = "2s";

    private final String live;
    private final Following following;
    private final Swapping swapping;
    private final JdbcTemplate own;
    private final TransactionTemplate transaction;
    private final Positions livePositions;
    private final BackOff backOff;
    private final long near;
    private final Duration stalled;
    private final boolean forgetting;

    private Map<TopicPartition, Long> seen = Map.of();
    private long movedAt = System.nanoTime();
    private long saidAt = System.nanoTime();
    private int attempts;

    /**
     * @param connection one that is held for the whole rebuild, and on which the swap is done
     * @param near how many records may be left when the live consumer is held
     * @param stalled how long there may be no progress
     */
    Approach(
            String live,
            Following following,
            LiveTables tables,
            DataSource connection,
            BackOff backOff,
            long near,
            Duration stalled,
            boolean forgetting) {
        this.live = live;
        this.following = following;
        this.own = new JdbcTemplate(connection);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
        this.livePositions = new Positions(own, live);
        this.swapping = new Swapping(own, live, new ShadowTables(own, live), tables);
        this.backOff = backOff;
        this.near = near;
        this.stalled = stalled;
        this.forgetting = forgetting;
    }

    /** What the swap did, and how long the live consumer was held for it. */
    record Arrived(Swapping.Swapped swapped, Duration held) {}

    Arrived arrive() {
        following.start();
        while (true) {
            var positions = livePositions.read();
            following.extendTo(positions);
            var built = following.positions();
            long behind = behind(positions, built);
            notice(built, behind);
            if (behind <= near) {
                swapping.analyze();
                var arrived = swap();
                if (arrived.isPresent()) {
                    return arrived.get();
                }
                rest(backOff.after(++attempts));
            } else {
                rest(LOOK);
            }
        }
    }

    private Optional<Arrived> swap() {
        try {
            return transaction.execute(this::swapHolding);
        } catch (CannotAcquireLockException e) {
            log.info("Consumer '{}' is busy, the swap is tried again: {}", live, e.getMessage());
            following.close();
            following.start();
            return Optional.empty();
        } catch (DataAccessException e) {
            throw new RebuildRefused(
                    "The projection of '%s' could not be swapped, it is as it was: %s".formatted(live, e.getMessage()),
                    e);
        }
    }

    /** Nothing if the last records did not come in time. */
    private Optional<Arrived> swapHolding(TransactionStatus status) {
        own.queryForObject("select set_config('lock_timeout', ?, true)", String.class, LONGEST_WAIT_FOR_LOCK);
        var held = livePositions.lock();
        long since = System.nanoTime();
        following.extendTo(held);
        while (!following.positions().equals(held)) {
            if (System.nanoTime() - since > LAST_RECORDS.toNanos()) {
                log.info(
                        "The last records did not come within {}, consumer '{}' is let go for a while.",
                        LAST_RECORDS,
                        live);
                status.setRollbackOnly();
                return Optional.empty();
            }
            refuseToStandStill();
            rest(Duration.ofMillis(10));
        }
        following.close();
        var swapped = swapping.swap(forgetting, LONGEST_SWAP);
        return Optional.of(new Arrived(swapped, Duration.ofNanos(System.nanoTime() - since)));
    }

    private void notice(Map<TopicPartition, Long> built, long behind) {
        refuseToStandStill();
        long now = System.nanoTime();
        if (!built.equals(seen)) {
            seen = built;
            movedAt = now;
        } else if (now - movedAt > stalled.toNanos()) {
            throw new RebuildRefused(
                    "The rebuild of '%s' makes no progress for %s with %d records to go, allowed are %s: %s. Remove the cause and start again."
                            .formatted(live, Duration.ofNanos(now - movedAt), behind, stalled, following.trouble()));
        }
        if (now - saidAt > SAY.toNanos()) {
            saidAt = now;
            log.info("The rebuild of '{}' has {} records to go.", live, behind);
        }
    }

    private void refuseToStandStill() {
        following.refusal().ifPresent(reason -> {
            throw new RebuildRefused(
                    "The rebuild of '%s' stands still and would for ever: %s%s".formatted(live, reason, firstCause()));
        });
    }

    private String firstCause() {
        return own
                .queryForList(
                        "select ' The first cause: ' || cause from strangler.inbox_parked where consumer = ? and attempts > 0"
                                + " order by parked_at limit 1",
                        String.class,
                        live + Consumers.REBUILD)
                .stream()
                .findFirst()
                .orElse("");
    }

    private long behind(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> built) {
        long behind = 0;
        for (var position : positions.entrySet()) {
            var reached = built.get(position.getKey());
            if (reached == null) {
                return Long.MAX_VALUE;
            }
            behind += position.getValue() - reached;
        }
        return behind;
    }

    private void rest(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new RebuildRefused(
                    "The rebuild of '%s' was interrupted; the live projection is as it was.".formatted(live));
        }
    }
}
