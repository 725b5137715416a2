package dev.strangler.side.refusals;

import java.util.List;

/**
 * This side says no to a request: fact, limit and way out in one message, meant for the client's eyes.
 *
 * <p>Features throw it from anywhere; the transaction rolls back, and the web layer answers it as a problem document.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<Mistake> mistakes;

    private Refusal(Kind kind, String detail, List<Mistake> mistakes) {
        super(detail);
        this.kind = kind;
        this.mistakes = List.copyOf(mistakes);
    }

    /** A refusal of a kind, with what the client should know. */
    public static Refusal of(Kind kind, String detail) {
        return new Refusal(kind, detail, List.of());
    }

    /** What was asked for is not there, or no longer. */
    public static Refusal notFound(String detail) {
        return of(Kind.NOT_FOUND, detail);
    }

    /** The request is fine by itself, but not with what is there now. */
    public static Refusal conflict(String detail) {
        return of(Kind.CONFLICT, detail);
    }

    /** The input is wrong; all of its mistakes at once. */
    public static Refusal invalid(List<Mistake> mistakes) {
        var fields = mistakes.stream().map(Mistake::field).distinct().toList();
        return new Refusal(
                Kind.INVALID,
                (fields.size() == 1 ? "This field is wrong: " : "These fields are wrong: ")
                        + String.join(", ", fields)
                        + ". Correct what 'mistakes' lists and send the request again.",
                mistakes);
    }

    /** The input is wrong in one field. */
    public static Refusal invalid(String field, String reason) {
        return invalid(List.of(new Mistake(field, reason)));
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong with which field; empty unless the kind is {@link Kind#INVALID}. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /**
     * One field that cannot be taken as it is.
     *
     * @param field its path in the input, like {@code price.amount}
     * @param reason fact and limit
     */
    public record Mistake(String field, String reason) {}

    /** What a client can do about a refusal differs by kind. */
    public enum Kind {
        /** The input is wrong by itself: the client must change it. Answered 400. */
        INVALID,
        /** Nothing there under this name. Answered 404. */
        NOT_FOUND,
        /** What is there now forbids it: the client must look again. Answered 409. */
        CONFLICT,
        /** Somebody is doing the same at this moment: the client may simply come again. Answered 409 with Retry-After. */
        BUSY,
        /** Another version than the client expected by If-Match. Answered 412. */
        STALE,
        /** Larger than is taken here. Answered 413. */
        TOO_LARGE,
        /** Of a type that is not taken here. Answered 415. */
        UNSUPPORTED,
        /** Understood, yet impossible to process, like a key used for another request. Answered 422. */
        UNPROCESSABLE,
        /** Only the owner of the feature does this: the client must ask there. Answered 421. */
        MISDIRECTED_REQUEST,
        /** This side itself cannot at the moment: the client may come again. Answered 503 with Retry-After. */
        UNAVAILABLE
    }
}
