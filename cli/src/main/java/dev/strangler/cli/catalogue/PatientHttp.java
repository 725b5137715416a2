package dev.strangler.cli.catalogue;

import dev.strangler.cli.http.WholeExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sends a request until it is answered, within the bounds of {@link Patience}. Every request of an import may be
 * repeated: reads by nature, writes because they carry an {@code Idempotency-Key}.
 */
final class PatientHttp {

    /** A proxy without a working shop behind it. Repeating cannot harm, and other products would meet the same. */
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    private final HttpClient client;
    private final Patience patience;
    private final Clock clock;
    private final CountDownLatch abandoned = new CountDownLatch(1);

    PatientHttp(HttpClient client, Patience patience, Clock clock) {
        this.client = client;
        this.patience = patience;
        this.clock = clock;
    }

    /** Lets no request wait for another attempt any more. */
    void abandon() {
        abandoned.countDown();
    }

    /**
     * The answer to the request, whatever it is, unless it is "not now".
     *
     * @throws ShopDoesNotAnswer if every attempt found the shop away
     */
    HttpResponse<String> send(HttpRequest request) {
        return send(request, answer -> false);
    }

    /**
     * The same for a request that may have come too early.
     *
     * @param isTooEarly whether an answer may become another one by itself; the last such answer stands
     */
    HttpResponse<String> send(HttpRequest request, Predicate<HttpResponse<String>> isTooEarly) {
        var last = "";
        for (int attempt = 1; attempt <= patience.attempts(); attempt++) {
            Duration pause = patience.pauseAfter(attempt);
            try {
                var response = WholeExchange.within(patience.answer(), client, request, BodyHandlers.ofString());
                var isEarly = isTooEarly.test(response);
                if (isEarly ? attempt == patience.attempts() : !isNotNow(response)) {
                    return response;
                }
                last = "it answers " + response.statusCode();
                pause = retryAfter(response).orElse(pause);
            } catch (ConnectException e) {
                last = "connection refused";
            } catch (IOException e) {
                last = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ShopDoesNotAnswer("The import was interrupted.");
            }
            if (attempt < patience.attempts() && isAbandonedDuring(pause)) {
                throw new ShopDoesNotAnswer("The import was given up.");
            }
        }
        throw new ShopDoesNotAnswer("The shop at " + base(request.uri()) + " does not answer: " + last + " after "
                + patience.attempts() + " attempts.");
    }

    private static boolean isNotNow(HttpResponse<String> response) {
        int status = response.statusCode();
        // 409 with Retry-After: the first request with this key is still at work.
        return AWAY.contains(status)
                || (status == 409
                        && response.headers().firstValue("Retry-After").isPresent());
    }

    private Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers().firstValue("Retry-After").flatMap(this::delay).map(asked -> {
            var positive = asked.isNegative() ? Duration.ZERO : asked;
            return positive.compareTo(patience.longestPause()) < 0 ? positive : patience.longestPause();
        });
    }

    /** Seconds or a date, as RFC 9110 §10.2.3 has it. */
    private Optional<Duration> delay(String retryAfter) {
        if (retryAfter.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            var moment = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), moment.toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private boolean isAbandonedDuring(Duration pause) {
        // Spread, so that the parallel uploads do not all come back in the same moment.
        long millis = pause.toMillis() + ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 4);
        try {
            return abandoned.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static URI base(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }
}
