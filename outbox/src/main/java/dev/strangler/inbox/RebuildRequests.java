package dev.strangler.inbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Carries out the rebuilds that are asked for with {@code select strangler.rebuild('<consumer>')}, one after the other, and writes
 * into {@code strangler.inbox_rebuild} what became of them.
 */
public final class RebuildRequests implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RebuildRequests.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Map<String, Rebuild> rebuilds = new LinkedHashMap<>();
    private final JdbcTemplate jdbc;
    private final BackOff backOff = new BackOff(LOOK, LONGEST_PAUSE, RandomGenerator.getDefault());

    private CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** Requests for these projections, in the database that they live in. */
    public RebuildRequests(List<Rebuild> rebuilds, DataSource dataSource) {
        rebuilds.forEach(rebuild -> this.rebuilds.put(rebuild.consumer(), rebuild));
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Starts to look for requests, every second; no-op if it does already, or if there is nothing that could be rebuilt. */
    public synchronized void start() {
        if (rebuilds.isEmpty() || (thread != null && thread.isAlive())) {
            return;
        }
        stopping = new CountDownLatch(1);
        thread = new Thread(this::look, "inbox-rebuilds");
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops looking; a rebuild at hand is interrupted, its request stays open and is carried out at the next start. */
    @Override
    public synchronized void close() {
        if (thread == null) {
            return;
        }
        stopping.countDown();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void look() {
        int failures = 0;
        while (stopping.getCount() > 0) {
            try {
                open().forEach(this::carryOut);
                failures = 0;
                rest(LOOK);
            } catch (RuntimeException e) {
                failures++;
                log.debug("Requests for rebuilds could not be looked for ({} times).", failures, e);
                rest(backOff.after(failures));
            }
        }
    }

    private record Request(long id, String consumer) {}

    private List<Request> open() {
        return jdbc
                .query(
                        "select id, consumer from strangler.inbox_rebuild where finished_at is null order by id",
                        (row, number) -> new Request(row.getLong(1), row.getString(2)))
                .stream()
                .filter(request -> rebuilds.containsKey(request.consumer()))
                .toList();
    }

    private void carryOut(Request request) {
        var rebuild = rebuilds.get(request.consumer());
        if (rebuild == null || stopping.getCount() == 0) {
            return;
        }
        try {
            jdbc.update("update strangler.inbox_rebuild set started_at = clock_timestamp() where id = ?", request.id());
            finish(request, "DONE", rebuild.run().toString());
        } catch (RebuildInProgress e) {
            log.debug("Another instance is at it: {}", request.consumer());
        } catch (RebuildRefused e) {
            if (stopping.getCount() > 0) {
                log.warn("Consumer '{}' was not rebuilt: {}", request.consumer(), e.getMessage());
                finish(request, "REFUSED", String.valueOf(e.getMessage()));
            }
        } catch (RuntimeException e) {
            if (stopping.getCount() > 0) {
                log.error("The rebuild of consumer '{}' failed.", request.consumer(), e);
                finish(request, "FAILED", Parking.causeOf(e));
            }
        }
    }

    private void finish(Request request, String outcome, String detail) {
        jdbc.update(
                "update strangler.inbox_rebuild set finished_at = clock_timestamp(), outcome = ?, detail = ? where id = ?",
                outcome,
                detail,
                request.id());
    }

    private void rest(Duration pause) {
        try {
            if (stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                log.debug("No more requests for rebuilds are looked for.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
