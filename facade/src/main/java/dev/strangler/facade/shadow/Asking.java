package dev.strangler.facade.shadow;

import dev.strangler.cutover.Deployable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a side the same as a client did, over connections that no client uses. */
final class Asking {

    private final HttpClient http;
    private final Duration limit;
    private final int mostBytes;

    /**
     * @param limit for an answer with its body
     * @param mostBytes of a body; what lies behind is not looked at
     */
    Asking(Executor threads, Duration limit, int mostBytes) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .executor(threads)
                .build();
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    /** The side did not answer. */
    static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        NoAnswer(String reason) {
            super(reason);
        }
    }

    /** @throws NoAnswer when the side can't be reached, or takes too long */
    Answer ask(Deployable side, ShadowedRead read) throws NoAnswer, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(side.url() + read.target()));
        read.headers().forEach(request::header);
        // So that whoever reads a side's log can tell these from clients' requests.
        request.header("X-Strangler-Shadow", "true");
        var answering = http.sendAsync(request.build(), response -> new BeginningOfBody(mostBytes));
        try {
            return ReadingAnswers.read(answering.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            throw new NoAnswer("no answer: " + failed.getCause());
        } catch (TimeoutException late) {
            answering.cancel(true);
            throw new NoAnswer("no answer within " + limit.toMillis() + " ms");
        }
    }
}
