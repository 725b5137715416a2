package dev.strangler.side.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Problem documents for what Tomcat refuses before any of our code sees it, like a NUL in an address. */
class ProblemReportValve extends ErrorReportValve {

    private final String servedBy;

    ProblemReportValve(String servedBy) {
        this.servedBy = servedBy;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var known = HttpStatus.resolve(status);
        String title = known == null ? "Refused" : known.getReasonPhrase();
        String slug = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        // Nothing of the request is repeated here: it was refused for what it contains.
        byte[] body = """
                {"type":"%s%s","title":"%s","status":%s,"detail":"%s","instance":"/"}""".formatted(
                        Problems.TYPES,
                        slug,
                        title,
                        status,
                        "The request is not such that anybody could look at it. Correct its address and headers.")
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setHeader(RequestGate.SERVED_BY, servedBy);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("The client of a refused request is gone", gone);
        }
    }
}
