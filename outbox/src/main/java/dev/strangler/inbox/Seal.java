package dev.strangler.inbox;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether the copy that a consumer keeps up has been given up for good, as {@code strangler.inbox_sealed} says. Only a live
 * {@linkplain InboxHandler#isApplier applier} asks: whoever else hears of the same aggregates goes on.
 */
final class Seal {

    private static final String REASON = """
            select string_agg(format('%s are not applied here any more: %s.', s.aggregatetype, s.reason), ' ' order by s.aggregatetype)
              from strangler.inbox_sealed s
             where s.aggregatetype = any (?)
                or exists (select from strangler.inbox_consumes c where c.consumer = ? and c.aggregatetype = s.aggregatetype)
            """;

    private final JdbcTemplate jdbc;
    private final String consumer;
    private final String[] types;
    private final boolean asks;

    private Seal(JdbcTemplate jdbc, String consumer, String[] types, boolean asks) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.types = types;
        this.asks = asks;
    }

    static Seal of(InboxHandler handler, Consuming consuming, JdbcTemplate jdbc) {
        return new Seal(
                jdbc,
                handler.consumer(),
                handler.aggregateTypes().toArray(String[]::new),
                handler.isApplier() && consuming.isLive());
    }

    /** Why nothing is applied any more; null while there is no reason. */
    @Nullable
    String reason() {
        return asks ? jdbc.queryForObject(REASON, String.class, types, consumer) : null;
    }

    /**
     * Does nothing while there is a reason to go on.
     *
     * @throws Sealed if nothing is to be applied any more
     */
    void requireUnbroken() {
        var reason = reason();
        if (reason != null) {
            throw new Sealed(reason);
        }
    }

    /**
     * What the consumer is to go by when something failed: with the copy go the rights to write it, and later its tables, and that says nothing
     * about the events.
     */
    RuntimeException explanationOf(RuntimeException failure) {
        if (asks && (Failure.of(failure) == Failure.POISON || Failure.of(failure) == Failure.LATER)) {
            try {
                requireUnbroken();
            } catch (Sealed end) {
                return end;
            } catch (DataAccessException away) {
                failure.addSuppressed(away);
            }
        }
        return failure;
    }

    /** Writes down that the consumer has stopped, so that nobody waits for it. */
    void obey() {
        jdbc.update("insert into strangler.inbox_ended (consumer) values (?) on conflict do nothing", consumer);
    }

    /** Ends a consumer without anything being wrong. */
    static final class Sealed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Sealed(String reason) {
            super(reason);
        }
    }
}
