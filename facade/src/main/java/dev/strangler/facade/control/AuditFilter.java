package dev.strangler.facade.control;

import dev.strangler.facade.audit.Allowance;
import dev.strangler.facade.audit.Audit;
import dev.strangler.facade.audit.Audit.Asked;
import dev.strangler.facade.audit.Audit.Channel;
import dev.strangler.facade.audit.Audit.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down every order that reaches the control API, before it is carried out, and what became of it; those that are refused too. What can't be written
 * down is not done. Looking is no order.
 */
final class AuditFilter extends OncePerRequestFilter {

    /** Far longer than any order. */
    static final int LONGEST_BODY = 64 * 1024;

    /** Orders without the token that are written down within a minute. */
    static final int STRANGERS_PER_MINUTE = 60;

    /** Whoever has the token of the API may do what the strongest role of the console may. */
    private static final String ROLE = "switcher";

    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final JsonMapper JSON = new JsonMapper();

    private final Audit audit;
    private final HandlerExceptionResolver problems;
    private final Allowance strangers;

    AuditFilter(Audit audit, HandlerExceptionResolver problems, Clock clock) {
        this.audit = audit;
        this.problems = problems;
        this.strangers = new Allowance(STRANGERS_PER_MINUTE, clock);
    }

    /** Somebody asked without the token, and was refused. */
    void refused(HttpServletRequest request, String said) {
        if (isOrder(request) && strangers.take()) {
            audit.note(asked(request, Audit.NOBODY, Audit.NO_ROLE, ""), Outcome.REFUSED, said);
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Nobody comes here without the token but to ask whether the façade lives.
        return !isOrder(request) || request.getUserPrincipal() == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        var order = body.length > LONGEST_BODY ? JSON.missingNode() : parsed(body);
        var asked = asked(request, who(order), ROLE, order.isMissingNode() ? "" : " " + JSON.writeValueAsString(order));
        try {
            audit.write(asked, Outcome.ASKED, "");
        } catch (DataAccessException | TransactionException away) {
            problems.resolveException(
                    request,
                    response,
                    null,
                    ControlRefusal.databaseAway(
                            "It could not be written down, since the control database does not answer, so nothing was done. Try"
                                    + " again when it is back."));
            return;
        }
        if (body.length > LONGEST_BODY) {
            var refusal = ControlRefusal.tooLong(
                    "The body has more than %,d bytes, which no order needs. Shorten it.".formatted(LONGEST_BODY));
            audit.note(asked, Outcome.REFUSED, String.valueOf(refusal.getMessage()));
            problems.resolveException(request, response, null, refusal);
            return;
        }
        carryOut(asked, new KeptBody(request, body), new ContentCachingResponseWrapper(response), chain);
    }

    private void carryOut(
            Asked asked, HttpServletRequest request, ContentCachingResponseWrapper response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException failure) {
            audit.note(asked, Outcome.FAILED, failure.toString());
            throw failure;
        }
        audit.note(asked, outcome(response.getStatus()), said(parsed(response.getContentAsByteArray())));
        response.copyBodyToResponse();
    }

    private static boolean isOrder(HttpServletRequest request) {
        return !LOOKING.contains(request.getMethod());
    }

    /** Orders read {@code /control/features/{feature}/{act}}, {@code /control/rehearsal/{feature}}, or end with the act. */
    private static Asked asked(HttpServletRequest request, String who, String role, String body) {
        var path = List.of(request.getRequestURI().substring(1).split("/"));
        var kind = path.size() > 1 ? path.get(1) : "";
        var isOfFeature = path.size() > 2 && (kind.equals("features") || kind.equals("rehearsal"));
        return new Asked(
                Channel.API,
                who,
                role,
                kind.equals("rehearsal") ? kind : path.get(path.size() - 1),
                isOfFeature ? path.get(2) : "",
                "%s %s%s".formatted(request.getMethod(), request.getRequestURI(), body));
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException unreadable) {
            return JSON.missingNode();
        }
    }

    private static String who(JsonNode order) {
        try {
            return KnownFeatures.who(order.path("who").asString(null));
        } catch (ControlRefusal nobody) {
            return Audit.NOBODY;
        }
    }

    private static Outcome outcome(int status) {
        if (status < 400) {
            return Outcome.DONE;
        }
        return status < 500 ? Outcome.REFUSED : Outcome.FAILED;
    }

    /** A problem's own words; of any other answer what it says at its top. */
    private static String said(JsonNode answer) {
        return answer.path("detail").isString()
                ? answer.path("detail").asString()
                : answer.propertyStream()
                        .filter(property -> property.getValue().isValueNode())
                        .map(AuditFilter::said)
                        .collect(Collectors.joining(", "));
    }

    private static String said(Map.Entry<String, JsonNode> property) {
        return property.getKey() + " " + property.getValue().asString();
    }
}
