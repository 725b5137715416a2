package dev.strangler.cli.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests under a limit that covers the answer's body too. That of {@link HttpRequest.Builder#timeout} ends with the headers: whoever
 * stands still behind them is waited for without end.
 */
public final class WholeExchange {

    private WholeExchange() {}

    /**
     * The answer, with its body.
     *
     * @throws HttpTimeoutException if it is not complete by then; its connection is given up
     * @throws IOException if there is none
     */
    public static <T> HttpResponse<T> within(Duration limit, HttpClient http, HttpRequest request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        var answering = http.sendAsync(request, body);
        try {
            return answering.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no whole answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException away ? away : new IOException(failed.getCause());
        } finally {
            answering.cancel(true);
        }
    }
}
