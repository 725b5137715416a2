package dev.strangler.cli.rehearse;

import dev.strangler.cli.http.WholeExchange;
import dev.strangler.cutover.history.Read;
import dev.strangler.cutover.history.Write;
import dev.strangler.cutover.history.Write.Outcome;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client, as a browser is one: it keeps cookies, does one thing at a time, and repeats a write under the same Idempotency-Key while it
 * is told to, or hears nothing. Of several façades any request may meet any, as behind a balancer that knows nothing.
 */
final class Shopper implements Runnable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST_ELEMENTS = 20;
    /** Told to come again, or no word of what became of it. */
    private static final Set<Integer> AGAIN = Set.of(421, 425, 429, 500, 502, 503, 504);

    private final String name;
    private final Aggregates kind;
    private final List<URI> shops;
    private final Pace pace;
    private final Recording recording;
    private final Random random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private long number;
    private @Nullable Current current;
    private volatile boolean isDone;

    /** The aggregate at hand, as the last answer showed it. */
    private record Current(String aggregate, String handle, long version, List<String> elements) {}

    Shopper(String name, Aggregates kind, List<URI> shops, Pace pace, Recording recording, long seed) {
        this.name = name;
        this.kind = kind;
        this.shops = List.copyOf(shops);
        this.pace = pace;
        this.recording = recording;
        this.random = new Random(seed);
    }

    /** Ends after the write at hand. */
    void finish() {
        isDone = true;
    }

    @Override
    public void run() {
        while (!isDone && !Thread.currentThread().isInterrupted()) {
            pace.awaitTurn();
            write();
            if (random.nextInt(3) == 0) {
                read();
            }
        }
    }

    private void write() {
        number++;
        var element = name + "-" + number;
        var before = current;
        if (before == null || before.elements().size() >= MOST_ELEMENTS) {
            attempt("", element, List.of(element), () -> kind.creation(anyShop(), element));
        } else {
            var elements = new ArrayList<>(before.elements());
            elements.add(element);
            attempt(
                    before.aggregate(),
                    element,
                    elements,
                    () -> kind.change(anyShop(), before.handle(), elements, before.version()));
        }
    }

    private URI anyShop() {
        return shops.get(random.nextInt(shops.size()));
    }

    /** Repeats until there is an answer that says what became of it. */
    private void attempt(
            String aggregate, String element, List<String> elements, Supplier<HttpRequest.Builder> writing) {
        var key = UUID.randomUUID().toString();
        var end = System.nanoTime() + PATIENCE.toNanos();
        do {
            var request = writing.get().header("Idempotency-Key", key);
            var answer = send(request.build(), true);
            if (answer != null && !isToBeRepeated(answer)) {
                judge(aggregate, element, elements, answer);
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted());
        recording.wrote(new Write(number, name, aggregate, element, Outcome.UNKNOWN, 0, ""));
        current = null;
    }

    private static boolean isToBeRepeated(HttpResponse<String> answer) {
        return AGAIN.contains(answer.statusCode())
                || (answer.statusCode() == 409
                        && answer.headers().firstValue("Retry-After").isPresent());
    }

    private void judge(String aggregate, String element, List<String> elements, HttpResponse<String> answer) {
        var by = answer.headers().firstValue("X-Served-By").orElse("");
        if (answer.statusCode() / 100 != 2) {
            recording.wrote(new Write(number, name, aggregate, element, Outcome.REFUSED, 0, by));
            current = null;
            return;
        }
        var shown = JSON.readTree(answer.body());
        var id = shown.path("id").asString("");
        var version = shown.path("version").asLong(0);
        var handle = shown.path(kind.handle()).asString("");
        recording.made(id, handle);
        recording.wrote(new Write(number, name, id, element, Outcome.ACKNOWLEDGED, version, by));
        current = new Current(id, handle, version, elements);
    }

    private void read() {
        var at = current;
        if (at == null) {
            return;
        }
        number++;
        var answer = send(kind.reading(anyShop(), at.handle()).build(), false);
        if (answer == null) {
            return;
        }
        var by = answer.headers().firstValue("X-Served-By").orElse("");
        if (answer.statusCode() == 200) {
            var shown = JSON.readTree(answer.body());
            recording.read(
                    new Read(number, name, at.aggregate(), shown.path("version").asLong(0), elements(shown), by));
        } else if (answer.statusCode() == 404) {
            recording.read(new Read(number, name, at.aggregate(), 0, Set.of(), by));
        }
    }

    static Set<String> elements(JsonNode shown) {
        var elements = new HashSet<String>();
        shown.path("tags").forEach(tag -> elements.add(tag.asString("")));
        return elements;
    }

    private @Nullable HttpResponse<String> send(HttpRequest request, boolean isWrite) {
        try {
            var answer = WholeExchange.within(ANSWER_LIMIT, http, request, BodyHandlers.ofString());
            recording.answered(Answered.of(isWrite, answer));
            return answer;
        } catch (IOException lost) {
            recording.unanswered(isWrite);
            return null;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
