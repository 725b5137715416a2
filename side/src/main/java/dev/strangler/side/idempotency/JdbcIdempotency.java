package dev.strangler.side.idempotency;

import dev.strangler.side.Fenced;
import dev.strangler.side.Fences;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys and answers in table {@code strangler.idempotency_key}. A key counts within its feature, so that answers of one feature can be
 * carried to another database without meeting those of others.
 *
 * <p>The key's row is inserted first: PostgreSQL lets a second insert of the same key wait until the first transaction ends,
 * and only then decides. So there is no moment at which two requests both believe to be the first.
 */
class JdbcIdempotency implements Idempotency {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Fences fences;
    private final IdempotencyProperties properties;

    JdbcIdempotency(
            JdbcClient database,
            PlatformTransactionManager transactions,
            JsonMapper json,
            Fences fences,
            IdempotencyProperties properties) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
        this.fences = fences;
        this.properties = properties;
    }

    @Override
    public ResponseEntity<byte[]> once(Command command, Supplier<ResponseEntity<?>> work) {
        String key = command.key();
        try {
            var answer =
                    transaction.execute(status -> key == null ? inBytes(work.get()) : onceByKey(key, command, work));
            return withoutWritten(Objects.requireNonNull(answer));
        } catch (RuntimeException failure) {
            throw Fenced.in(failure, command.feature())
                    .<RuntimeException>map(fenced -> fenced)
                    .orElse(failure);
        }
    }

    /** A fresh answer gets this header from the outbox, once the transaction is committed; only a replay needs ours. */
    private static ResponseEntity<byte[]> withoutWritten(ResponseEntity<byte[]> answer) {
        if (answer.getHeaders().containsHeader(REPLAYED)) {
            return answer;
        }
        var headers = new HttpHeaders(answer.getHeaders());
        headers.remove(WRITTEN);
        return ResponseEntity.status(answer.getStatusCode()).headers(headers).body(answer.getBody());
    }

    private ResponseEntity<byte[]> onceByKey(String key, Command command, Supplier<ResponseEntity<?>> work) {
        if (!claim(key, command)) {
            return replay(key, command);
        }
        // Behind the claim, so that who waits for another request with its key does not hold up a handover.
        fences.hold(command.feature());
        var answer = inBytes(work.get());
        store(key, command, answer);
        return answer;
    }

    private boolean claim(String key, Command command) {
        // For the rest of this transaction; whoever waits as long for a row is as well told to come again.
        database.sql("select set_config('lock_timeout', :limit, true)")
                .param("limit", properties.waitForFirst().toMillis() + "ms")
                .query(String.class)
                .single();
        try {
            int rows = database.sql(
                            "insert into strangler.idempotency_key (feature, key, operation, fingerprint)"
                                    + " values (:feature, :key, :operation, :fingerprint) on conflict (feature, key) do nothing")
                    .param("feature", command.feature())
                    .param("key", key)
                    .param("operation", command.operation())
                    .param("fingerprint", command.fingerprint())
                    .update();
            return rows == 1;
        } catch (DataAccessException failure) {
            if (!isLockTimeout(failure)) {
                throw failure;
            }
            throw Refusal.of(
                    Kind.BUSY,
                    "The first request with this Idempotency-Key is still at work after "
                            + properties.waitForFirst().toMillis() + " ms. Send it again with the same key.");
        }
    }

    private static boolean isLockTimeout(DataAccessException failure) {
        return failure instanceof CannotAcquireLockException
                || (failure.getMostSpecificCause() instanceof SQLException sql && "55P03".equals(sql.getSQLState()));
    }

    private ResponseEntity<byte[]> replay(String key, Command command) {
        var stored = database.sql("select operation, fingerprint, status, headers::text as headers, body"
                        + " from strangler.idempotency_key where feature = :feature and key = :key")
                .param("feature", command.feature())
                .param("key", key)
                .query(Stored.class)
                .optional()
                // Forgotten in this very moment, after its time.
                .orElseThrow(
                        () -> Refusal.of(Kind.BUSY, "This Idempotency-Key is just being forgotten. Send it again."));
        if (!stored.fingerprint().equals(command.fingerprint())) {
            throw Refusal.of(
                    Kind.UNPROCESSABLE,
                    "This Idempotency-Key was used for another request (" + stored.operation()
                            + "). Use a new key for a new request, and the same key only to repeat one unchanged.");
        }
        var answer = ResponseEntity.status(stored.status());
        json.readTree(stored.headers())
                .properties()
                .forEach(header ->
                        answer.header(header.getKey(), header.getValue().stringValue()));
        return answer.header(REPLAYED, "true").body(stored.body());
    }

    private void store(String key, Command command, ResponseEntity<byte[]> answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.getHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        database.sql("update strangler.idempotency_key"
                        + " set status = :status, headers = cast(:headers as jsonb), body = :body"
                        + " where feature = :feature and key = :key")
                .param("feature", command.feature())
                .param("status", answer.getStatusCode().value())
                .param("headers", json.writeValueAsString(headers))
                .param("body", answer.getBody(), Types.BINARY)
                .param("key", key)
                .update();
    }

    private ResponseEntity<byte[]> inBytes(ResponseEntity<?> answer) {
        Object body = answer.getBody();
        if (body == null || body instanceof byte[]) {
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(answer.getHeaders())
                    .body((byte[]) body);
        }
        var headers = new HttpHeaders(answer.getHeaders());
        headers.setContentType(MediaType.APPLICATION_JSON);
        return ResponseEntity.status(answer.getStatusCode()).headers(headers).body(json.writeValueAsBytes(body));
    }

    private record Stored(String operation, String fingerprint, int status, String headers, byte @Nullable [] body) {}
}
