package dev.strangler.dam.web;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Problem documents (RFC 9457) in the shop's shape, which both sides share. */
final class Problems {

    private static final String TYPES = "urn:strangler:problem:";

    private Problems() {}

    static ProblemDetail of(HttpStatus status, String slug, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + slug));
        problem.setTitle(title(slug));
        return problem;
    }

    static ProblemDetail of(Refusal refusal) {
        var problem = of(status(refusal.kind()), slug(refusal.kind().name()), refusal.getMessage());
        if (!refusal.mistakes().isEmpty()) {
            problem.setProperty("mistakes", refusal.mistakes());
        }
        return problem;
    }

    /** Gives a problem that Spring made the shop's type and title. */
    static ProblemDetail dressed(ProblemDetail problem, HttpStatusCode status) {
        var known = HttpStatus.resolve(status.value());
        String slug = known == null ? "status-" + status.value() : slug(known.name());
        problem.setType(URI.create(TYPES + slug));
        problem.setTitle(title(slug));
        return problem;
    }

    static HttpStatus status(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case MISDIRECTED_REQUEST -> HttpStatus.MISDIRECTED_REQUEST;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String title(String slug) {
        return Character.toUpperCase(slug.charAt(0)) + slug.substring(1).replace('-', ' ');
    }
}
