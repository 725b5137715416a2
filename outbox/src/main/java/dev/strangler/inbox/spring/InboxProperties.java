package dev.strangler.inbox.spring;

import dev.strangler.inbox.InboxSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The inboxes of this application, one for each {@code InboxHandler}.
 *
 * @param enabled whether inboxes are started; if not, handlers hear of nothing
 * @param bootstrapServers where the brokers are, host:port, separated by commas; needed as soon as there is a handler
 * @param kafka further settings of the Kafka consumers, by Kafka's names; those on which exactly-once effects rest are refused
 * @param maxBatch how many records are applied in one transaction at most
 * @param attempts how often a record is tried by itself before its key is parked
 * @param firstBackOff the pause after the first failure; doubled with each further one
 * @param longestBackOff no pause between two attempts is longer
 * @param parkedLimit how many records of one consumer may be parked; beyond it the partition stops
 * @param verdictInterval how often operators' verdicts on parked records, and their requests, are looked for
 * @param transactionLimit how long the transaction of a batch may take
 * @param stopLimit how long stopping may take before the inbox's thread is interrupted
 * @param applierRole the role under which handlers that apply another owner's decisions write, by convention the database's name with _applier; empty for the connection's own
 */
@ConfigurationProperties("strangler.inbox")
public record InboxProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String bootstrapServers,
        @DefaultValue Map<String, String> kafka,
        @DefaultValue("1000") int maxBatch,
        @DefaultValue("3") int attempts,
        @DefaultValue("100ms") Duration firstBackOff,
        @DefaultValue("5s") Duration longestBackOff,
        @DefaultValue("1000") int parkedLimit,
        @DefaultValue("500ms") Duration verdictInterval,
        @DefaultValue("60s") Duration transactionLimit,
        @DefaultValue("10s") Duration stopLimit,
        @DefaultValue("") String applierRole) {

    /** @param origin of this application's own events; empty if it publishes none */
    InboxSettings settings(String origin) {
        return new InboxSettings(
                bootstrapServers == null ? "" : bootstrapServers,
                kafka,
                maxBatch,
                attempts,
                firstBackOff,
                longestBackOff,
                parkedLimit,
                verdictInterval,
                transactionLimit,
                stopLimit,
                applierRole,
                origin);
    }
}
