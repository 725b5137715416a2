package dev.strangler.cli.rehearse;

import java.net.http.HttpResponse;
import java.util.Set;

/**
 * What a client was told.
 *
 * @param isWrite or it only wanted to see something
 * @param status of HTTP
 * @param saysWhen whether it says when to come again
 */
record Answered(boolean isWrite, int status, boolean saysWhen) {

    /** Somebody else does the same, another owns the feature, or nobody does at this moment. */
    private static final Set<Integer> LATER = Set.of(409, 421, 503);

    static Answered of(boolean isWrite, HttpResponse<?> answer) {
        return new Answered(
                isWrite,
                answer.statusCode(),
                answer.headers().firstValue("Retry-After").isPresent());
    }

    /** Whether it is one of those that are promised even while a feature moves: a read shows something, a write is done or has to come again. */
    boolean isWelcome() {
        return isWrite ? status / 100 == 2 || saysWhen && LATER.contains(status) : status == 200;
    }

    /** As counted, such as {@code write 200}. */
    @Override
    public String toString() {
        return "%s %d".formatted(isWrite ? "write" : "read", status);
    }
}
