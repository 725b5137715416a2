package dev.strangler.facade.written;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks {@code strangler.applied} in the side's database. Each side has a few threads and connections of its own, so that one that hangs
 * costs the others nothing; whatever is late or in excess is answered with "not known".
 */
public final class JdbcAppliedWrites implements AppliedWrites, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JdbcAppliedWrites.class);

    private static final int QUEUE = 64;

    private final Map<String, Asking> sides = new LinkedHashMap<>();
    private final Duration limit;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "applied-writes-timer"));

    private record Asking(JdbcClient database, ExecutorService threads) {}

    /**
     * @param databases by side; each should give or refuse a connection within {@code limit}
     * @param threadsPerSide also the most connections in use
     * @param limit how long an answer may take
     */
    public JdbcAppliedWrites(Map<String, DataSource> databases, int threadsPerSide, Duration limit) {
        this.limit = limit;
        databases.forEach((side, source) -> sides.put(
                side,
                new Asking(
                        JdbcClient.create(source),
                        new ThreadPoolExecutor(
                                threadsPerSide,
                                threadsPerSide,
                                0,
                                TimeUnit.SECONDS,
                                new ArrayBlockingQueue<>(QUEUE),
                                task -> daemon(task, "applied-writes-" + side)))));
    }

    @Override
    public void ask(String side, List<Written> written, Consumer<Answer> answer) {
        var asking = sides.get(side);
        if (asking == null) {
            answer.accept(Answer.UNKNOWN);
            return;
        }
        var isAnswered = new AtomicBoolean();
        Consumer<Answer> once = said -> {
            if (isAnswered.compareAndSet(false, true)) {
                answer.accept(said);
            }
        };
        try {
            var late = timer.schedule(() -> once.accept(Answer.UNKNOWN), limit.toMillis(), TimeUnit.MILLISECONDS);
            asking.threads().execute(() -> {
                // Nobody waits any longer for what stood in the queue for too long.
                if (!isAnswered.get()) {
                    once.accept(answer(side, asking.database(), written));
                    late.cancel(false);
                }
            });
        } catch (RejectedExecutionException full) {
            once.accept(Answer.UNKNOWN);
        }
    }

    private static Answer answer(String side, JdbcClient database, List<Written> written) {
        try {
            var missing = new HashSet<>(database.sql("""
                            select asked.type, asked.id, asked.version
                              from unnest(?::text[], ?::text[], ?::bigint[]) as asked (type, id, version)
                             where not coalesce(strangler.applied(asked.type, asked.id, asked.version), true)
                            """)
                    .params(
                            written.stream().map(Written::aggregateType).toArray(String[]::new),
                            written.stream().map(Written::aggregateId).toArray(String[]::new),
                            written.stream().map(Written::version).toArray(Long[]::new))
                    .query((row, number) -> new Written(row.getString(1), row.getString(2), row.getLong(3)))
                    .list());
            var applied = new ArrayList<>(written);
            applied.removeAll(missing);
            return new Answer(applied, missing.isEmpty());
        } catch (RuntimeException unanswered) {
            log.debug("{} can't be asked what it has applied; the owner answers", side, unanswered);
            return Answer.UNKNOWN;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        sides.values().forEach(asking -> asking.threads().shutdownNow());
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
