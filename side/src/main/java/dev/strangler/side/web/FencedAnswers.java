package dev.strangler.side.web;

import dev.strangler.cutover.Side;
import dev.strangler.side.Fenced;
import dev.strangler.side.Fences;
import dev.strangler.side.Standing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what the fence refused, whichever layer it came through: 421 with the owner when the other side owns the feature,
 * and 503 with {@code Retry-After} while nobody does. Who stands between sees by headers where to turn.
 */
class FencedAnswers implements HandlerExceptionResolver {

    /** Header: {@code monolith}, {@code service}, or {@code nobody} while the ownership moves. */
    static final String OWNER = "X-Strangler-Owner";

    /** Header: the number of the handover since which the owner owns it; while nobody does, of the last one known here. */
    static final String EPOCH = "X-Strangler-Epoch";

    private static final Logger log = LoggerFactory.getLogger(FencedAnswers.class);
    private static final String NOBODY = "nobody";

    private final Fences fences;
    private final JsonMapper json;

    FencedAnswers(Fences fences, JsonMapper json) {
        this.fences = fences;
        this.json = json;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        var feature = handler == null ? "" : WritesCheck.writes(handler).orElse("");
        var fenced = Fenced.in(failure, feature);
        if (fenced.isEmpty() || response.isCommitted()) {
            return null;
        }
        log.debug("Refused by the fence: {} {}", request.getMethod(), request.getRequestURI(), failure);
        var standing = standing(fenced.get().feature());
        write(request, response, fenced.get().feature(), standing);
        return new ModelAndView();
    }

    /** Asked anew, as it may have changed since the refusal; null if it cannot be asked. */
    private @Nullable Standing standing(String feature) {
        try {
            return feature.isEmpty() ? null : fences.standing(feature);
        } catch (RuntimeException unknown) {
            log.warn("Cannot tell who owns feature '{}': {}", feature, unknown.toString());
            return null;
        }
    }

    private void write(
            HttpServletRequest request, HttpServletResponse response, String feature, @Nullable Standing standing) {
        boolean elsewhere = standing != null && standing.isOwnedByTheOther();
        var detail = standing != null && elsewhere ? misdirected(standing) : moving(feature);
        var status = elsewhere ? HttpStatus.MISDIRECTED_REQUEST : HttpStatus.SERVICE_UNAVAILABLE;
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", Problems.TYPES + "fenced");
        problem.put("title", "Fenced");
        problem.put("status", status.value());
        problem.put("detail", detail);
        problem.put("instance", request.getRequestURI());
        problem.put("fenced", true);
        problem.put("feature", feature);
        problem.put("owner", owner(standing));
        problem.put("epoch", epoch(standing));
        response.setStatus(status.value());
        response.setHeader(OWNER, owner(standing));
        response.setHeader(EPOCH, Long.toString(epoch(standing)));
        if (!elsewhere) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            response.getOutputStream().write(json.writeValueAsBytes(problem));
        } catch (IOException gone) {
            log.debug("The client of a refused request is gone", gone);
        }
    }

    private static String misdirected(Standing standing) {
        return "The %s owns the feature '%s' since epoch %d; this, the %s, holds a copy only, so nothing was done."
                        .formatted(
                                name(standing.owner()),
                                standing.feature(),
                                standing.ownerEpoch(),
                                name(standing.side()))
                + " Send the command to the façade, which knows the owner.";
    }

    private static String moving(String feature) {
        return "The ownership of the feature '%s' is moving, so nobody may write it at this moment and nothing was done."
                        .formatted(feature)
                + " Send the request again in a moment, with the same Idempotency-Key.";
    }

    private static String owner(@Nullable Standing standing) {
        if (standing == null) {
            return NOBODY;
        }
        return standing.open() ? name(standing.side()) : name(standing.owner());
    }

    private static long epoch(@Nullable Standing standing) {
        if (standing == null) {
            return 0;
        }
        return standing.isOwnedByTheOther() ? standing.ownerEpoch() : standing.epoch();
    }

    private static String name(@Nullable Side side) {
        return side == null ? NOBODY : side.name().toLowerCase(Locale.ROOT);
    }
}
