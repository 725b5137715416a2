package dev.strangler.outbox.spring;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this application looks after the relay of its outbox.
 *
 * @param check what to do at start when events were, or may have been, skipped: refuse to start, warn, or not even look
 * @param slot the relay's replication slot; strangler_&lt;database&gt; unless set
 * @param interval time between two looks at slot, publication and outbox
 * @param bootstrapServers where Kafka is, to compare the outbox with what arrived; strangler.inbox.bootstrap-servers unless set
 * @param verifyWithin time limit of one comparison; a start waits no longer for a Kafka that is away
 * @param connectUrl where Kafka Connect is, to tell the state of the task; unknown unless set
 * @param connector the connector's name; &lt;database&gt;-outbox unless set
 * @param retention how long rows stay
 */
@ConfigurationProperties("strangler.outbox.relay")
public record RelayProperties(
        @DefaultValue("REFUSE") Strictness check,
        @Nullable String slot,
        @DefaultValue("10s") Duration interval,
        @Nullable String bootstrapServers,
        @DefaultValue("5s") Duration verifyWithin,
        @Nullable URI connectUrl,
        @Nullable String connector,
        @DefaultValue Retention retention) {

    /** What an unsound relay does to the start of the application. */
    public enum Strictness {
        /** The application does not start: going on would bury what was skipped. */
        REFUSE,
        /** It starts, logs an error and is DOWN in its health. */
        WARN,
        /** Nothing is looked at, neither at start nor later; partitions are not kept either. */
        OFF
    }

    /**
     * How long rows stay.
     *
     * @param keep at least this long, also when relayed; longer than it takes to notice a lost slot
     * @param grace how long after its end a day's partition is sealed; longer than most transactions
     * @param daysAhead partitions are made for so many days to come
     */
    public record Retention(
            @DefaultValue("7d") Duration keep,
            @DefaultValue("5m") Duration grace,
            @DefaultValue("7") int daysAhead) {}
}
