package dev.strangler.cutover;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that has not ended.
 *
 * @param pid the server process to ask or to end; none if the transaction is prepared and waits for its second phase
 * @param user the role that began it
 * @param application what it calls itself; may be empty
 * @param client its address; none over a local socket
 * @param age since it began
 * @param state what it is doing, in the server's words, such as {@code idle in transaction}
 * @param query its last statement, or the name of a prepared transaction
 */
public record OpenTransaction(
        @Nullable Integer pid,
        String user,
        String application,
        @Nullable String client,
        Duration age,
        String state,
        String query) {

    private static final int LONGEST_QUERY = 120;

    /** How to end it, as a statement for the side's database. */
    public String wayOut() {
        return pid == null
                ? "rollback prepared '%s'".formatted(query.replace("'", "''"))
                : "select pg_terminate_backend(%s)".formatted(pid);
    }

    /** What an operator needs to find it. */
    @Override
    public String toString() {
        var statement = query.strip().replaceAll("\\s+", " ");
        return String.format(
                Locale.ROOT,
                "%s (%s%s%s, open for %.1f s, %s): %s",
                pid == null ? "a prepared transaction" : "pid " + pid,
                user,
                application.isEmpty() ? "" : ", " + application,
                client == null ? "" : " from " + client,
                age.toMillis() / 1000.0,
                state,
                statement.length() <= LONGEST_QUERY ? statement : statement.substring(0, LONGEST_QUERY) + "…");
    }
}
