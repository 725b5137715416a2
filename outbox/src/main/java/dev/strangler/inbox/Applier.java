package dev.strangler.inbox;

import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * As whom a consumer's effects are written, and which events it leaves to the side that published them, which is this one. Means nothing
 * for handlers that do not apply another owner's decisions, and for rebuilds, whose tables nobody fences.
 */
final class Applier {

    private final JdbcTemplate jdbc;
    private final String role;
    private final String origin;

    private Applier(JdbcTemplate jdbc, String role, String origin) {
        this.jdbc = jdbc;
        this.role = role;
        this.origin = origin;
    }

    static Applier of(InboxHandler handler, Consuming consuming, InboxSettings settings, JdbcTemplate jdbc) {
        return handler.isApplier() && consuming.isLive()
                ? new Applier(jdbc, settings.applierRole(), settings.origin())
                : new Applier(jdbc, "", "");
    }

    /** Those that another side published. What this side published, it has done itself. */
    List<ReceivedEvent> leaveOutOwn(List<ReceivedEvent> events) {
        return origin.isEmpty()
                ? events
                : events.stream()
                        .filter(event -> !event.origin().equals(origin))
                        .toList();
    }

    /**
     * Becomes the applier until the transaction ends, its commit included: some handlers leave their last statements to it.
     *
     * @throws RetryLater if the role is not there or may not be taken on
     */
    void takeOn() {
        if (role.isEmpty()) {
            return;
        }
        try {
            jdbc.queryForObject("select set_config('role', ?, true)", String.class, role);
        } catch (NonTransientDataAccessException refused) {
            throw refused instanceof DataAccessResourceFailureException
                    ? refused
                    : new RetryLater(refusal(refused), refused);
        }
    }

    private String refusal(DataAccessException refused) {
        return "Events of another owner are applied as role '%s', which cannot be taken on (%s). As an administrator: create role %s nologin; grant %s to the role that this process connects as."
                .formatted(role, refused.getMostSpecificCause().getMessage(), role, role);
    }
}
