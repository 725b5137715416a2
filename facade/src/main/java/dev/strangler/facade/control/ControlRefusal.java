package dev.strangler.facade.control;

import org.springframework.http.HttpStatus;

/** A request that an operator must make differently. */
public final class ControlRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String slug;

    private ControlRefusal(HttpStatus status, String slug, String detail) {
        super(detail);
        this.status = status;
        this.slug = slug;
    }

    /** What was asked for can't be meant. */
    public static ControlRefusal badRequest(String detail) {
        return new ControlRefusal(HttpStatus.BAD_REQUEST, "bad-request", detail);
    }

    /** What was asked for isn't there. */
    public static ControlRefusal notFound(String detail) {
        return new ControlRefusal(HttpStatus.NOT_FOUND, "not-found", detail);
    }

    static ControlRefusal busy(String detail) {
        return new ControlRefusal(HttpStatus.SERVICE_UNAVAILABLE, "busy", detail);
    }

    static ControlRefusal tooLong(String detail) {
        return new ControlRefusal(HttpStatus.valueOf(413), "too-long", detail);
    }

    static ControlRefusal databaseAway(String detail) {
        return new ControlRefusal(HttpStatus.SERVICE_UNAVAILABLE, "control-database-away", detail);
    }

    static ControlRefusal sideAway(String detail) {
        return new ControlRefusal(HttpStatus.SERVICE_UNAVAILABLE, "side-away", detail);
    }

    static ControlRefusal unknown(String detail) {
        return new ControlRefusal(HttpStatus.GATEWAY_TIMEOUT, "outcome-unknown", detail);
    }

    HttpStatus status() {
        return status;
    }

    String slug() {
        return slug;
    }
}
