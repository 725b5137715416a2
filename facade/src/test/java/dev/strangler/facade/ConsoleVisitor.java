package dev.strangler.facade;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody at the console, as a browser without scripts: keeps cookies, follows what it is sent to, and fills in forms as they are served. */
final class ConsoleVisitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final FacadeProcess facade;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    ConsoleVisitor(FacadeProcess facade) {
        this.facade = facade;
    }

    /** Logs in, and answers the page that follows. */
    HttpResponse<String> logIn(String who, String token) {
        return post("/console/log-in", "/console/log-in", Map.of("who", who, "token", token));
    }

    static ConsoleVisitor as(FacadeProcess facade, String who, String token) {
        var visitor = new ConsoleVisitor(facade);
        visitor.logIn(who, token);
        return visitor;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(facade.control(path)));
    }

    /** Sends the form that the page holds; what is filled in with a list is sent once for each. */
    HttpResponse<String> post(String page, String path, Map<String, ?> fields) {
        var form = CSRF.matcher(get(page).body());
        var filled = new LinkedHashMap<String, Object>(fields);
        if (form.find()) {
            filled.put("_csrf", form.group(1));
        }
        return postRaw(path, filled);
    }

    /** Sends just these fields, as a foreign page would. */
    HttpResponse<String> postRaw(String path, Map<String, ?> fields) {
        var body = fields.entrySet().stream()
                .flatMap(field -> values(field.getValue())
                        .map(value -> encoded(field.getKey()) + "=" + encoded(String.valueOf(value))))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(facade.control(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("strangler-console"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Stream<?> values(Object filledIn) {
        return filledIn instanceof List<?> many ? many.stream() : Stream.of(filledIn);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
