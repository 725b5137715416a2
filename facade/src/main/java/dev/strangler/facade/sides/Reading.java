package dev.strangler.facade.sides;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that was read from elsewhere, or why it could not be.
 *
 * @param value null when it could not be read
 * @param unknown why it could not be read; null when it was
 */
public record Reading<T>(@Nullable T value, @Nullable String unknown) {

    private static final int MOST = 300;

    /** What the supplier gives, or why it threw. */
    public static <T> Reading<T> of(Supplier<T> source) {
        try {
            return new Reading<>(source.get(), null);
        } catch (RuntimeException away) {
            return unknown(away);
        }
    }

    /** The same of something made from the value; not known stays not known. */
    public <R> Reading<R> map(Function<T, R> change) {
        return value == null ? new Reading<>(null, unknown) : new Reading<>(change.apply(value), null);
    }

    /** Not known, for this reason: the innermost cause says the most. */
    public static <T> Reading<T> unknown(Throwable reason) {
        var cause = reason;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        var message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        var firstLine = message.lines().findFirst().orElse(message);
        return new Reading<>(null, firstLine.substring(0, Math.min(firstLine.length(), MOST)));
    }
}
