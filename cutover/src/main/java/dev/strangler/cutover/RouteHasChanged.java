package dev.strangler.cutover;

/** Somebody else changed the route first; nothing was changed by the one who meets this. */
public final class RouteHasChanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Route current;

    /**
     * @param expected the version that the change started from
     * @param current what is stored now
     * @param by who made it so, and when; or empty when unknown
     */
    public RouteHasChanged(long expected, Route current, String by) {
        super(("The route of '%s' has changed meanwhile: it is at version %d now%s, the change started from version %d."
                        + " Look at the journal and decide again.")
                .formatted(current.feature(), current.version(), by.isEmpty() ? "" : ", by " + by, expected));
        this.current = current;
    }

    /** What is stored now. */
    public Route current() {
        return current;
    }
}
