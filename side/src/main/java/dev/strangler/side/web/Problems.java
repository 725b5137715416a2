package dev.strangler.side.web;

import dev.strangler.side.refusals.Refusal;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem documents (RFC 9457) in the shape of both sides. */
final class Problems {

    static final String TYPES = "urn:strangler:problem:";

    private Problems() {}

    static ProblemDetail of(HttpStatus status, String slug, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + slug));
        problem.setTitle(title(slug));
        return problem;
    }

    static ProblemDetail of(Refusal refusal) {
        var problem = of(status(refusal.kind()), slug(refusal.kind()), refusal.getMessage());
        if (!refusal.mistakes().isEmpty()) {
            problem.setProperty("mistakes", refusal.mistakes());
        }
        return problem;
    }

    /** Gives a problem that Spring made our type and title. */
    static ProblemDetail dressed(ProblemDetail problem, HttpStatusCode status) {
        var known = HttpStatus.resolve(status.value());
        String slug = known == null
                ? "status-" + status.value()
                : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
        problem.setType(URI.create(TYPES + slug));
        problem.setTitle(title(slug));
        return problem;
    }

    static HttpStatus status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT, BUSY -> HttpStatus.CONFLICT;
            case STALE -> HttpStatus.PRECONDITION_FAILED;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case UNSUPPORTED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case UNPROCESSABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case MISDIRECTED_REQUEST -> HttpStatus.MISDIRECTED_REQUEST;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    private static String slug(Refusal.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String title(String slug) {
        return Character.toUpperCase(slug.charAt(0)) + slug.substring(1).replace('-', ' ');
    }
}
