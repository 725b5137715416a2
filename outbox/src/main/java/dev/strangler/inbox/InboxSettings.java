package dev.strangler.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an inbox reads, waits and gives up.
 *
 * @param bootstrapServers where the brokers are, {@code host:port}, separated by commas
 * @param kafka further settings of the Kafka consumer, by Kafka's names; those on which exactly-once effects rest are refused
 * @param maxBatch how many records are applied in one transaction at most
 * @param attempts how often a record is tried by itself before its key is parked
 * @param firstBackOff the pause after the first failure; doubled with each further one
 * @param longestBackOff no pause is longer
 * @param parkedLimit how many records of the consumer may be parked; beyond it the partition stops
 * @param verdictInterval how often operators' verdicts and requests are looked for
 * @param transactionLimit how long the transaction of a batch may take
 * @param stopLimit how long stopping may take before the thread is interrupted
 * @param applierRole the role under which {@linkplain InboxHandler#isApplier appliers} write; empty if they write as the connection's own
 * @param origin under which this side publishes, so that appliers recognise its events; empty if it publishes nothing
 */
public record InboxSettings(
        String bootstrapServers,
        Map<String, String> kafka,
        int maxBatch,
        int attempts,
        Duration firstBackOff,
        Duration longestBackOff,
        int parkedLimit,
        Duration verdictInterval,
        Duration transactionLimit,
        Duration stopLimit,
        String applierRole,
        String origin) {

    private static final Set<String> RESERVED = Set.of(
            "bootstrap.servers",
            "group.id",
            "enable.auto.commit",
            "auto.offset.reset",
            "isolation.level",
            "max.poll.records",
            "key.deserializer",
            "value.deserializer");

    /** Refuses values that make no sense, with all of them named. */
    public InboxSettings {
        kafka = Map.copyOf(kafka);
        var wrong = new ArrayList<String>();
        if (bootstrapServers.isBlank()) {
            wrong.add("bootstrap-servers is empty; name at least one broker as host:port");
        }
        kafka.keySet().stream()
                .filter(RESERVED::contains)
                .sorted()
                .forEach(name -> wrong.add("kafka." + name + " is set by the inbox itself; remove it"));
        within(wrong, "max-batch", maxBatch, 1, 100_000);
        within(wrong, "attempts", attempts, 1, 100);
        within(wrong, "parked-limit", parkedLimit, 1, 1_000_000);
        positive(wrong, "first-back-off", firstBackOff);
        positive(wrong, "longest-back-off", longestBackOff);
        positive(wrong, "verdict-interval", verdictInterval);
        positive(wrong, "stop-limit", stopLimit);
        if (transactionLimit.toSeconds() < 1) {
            wrong.add("transaction-limit is %s, allowed is 1 s or more".formatted(transactionLimit));
        }
        if (firstBackOff.compareTo(longestBackOff) > 0) {
            wrong.add("first-back-off %s is longer than longest-back-off %s".formatted(firstBackOff, longestBackOff));
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("The inbox cannot be set up: " + String.join("; ", wrong) + ".");
        }
    }

    /** The defaults: 1,000 records a batch, 3 attempts, pauses from 100 ms to 5 s, 1,000 parked records, verdicts every 500 ms. */
    public static InboxSettings of(String bootstrapServers) {
        return new InboxSettings(
                bootstrapServers,
                Map.of(),
                1000,
                3,
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                1000,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                "",
                "");
    }

    /** The same with further settings of the Kafka consumer. */
    public InboxSettings withKafka(Map<String, String> settings) {
        return new InboxSettings(
                bootstrapServers,
                settings,
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

    /** The same with another batch size. */
    public InboxSettings withMaxBatch(int records) {
        return new InboxSettings(
                bootstrapServers,
                kafka,
                records,
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

    /** The same with another limit of parked records. */
    public InboxSettings withParkedLimit(int records) {
        return new InboxSettings(
                bootstrapServers,
                kafka,
                maxBatch,
                attempts,
                firstBackOff,
                longestBackOff,
                records,
                verdictInterval,
                transactionLimit,
                stopLimit,
                applierRole,
                origin);
    }

    /** The same with other pauses. */
    public InboxSettings withBackOff(Duration first, Duration longest) {
        return new InboxSettings(
                bootstrapServers,
                kafka,
                maxBatch,
                attempts,
                first,
                longest,
                parkedLimit,
                verdictInterval,
                transactionLimit,
                stopLimit,
                applierRole,
                origin);
    }

    /** The same, for a side that applies under that role what others own, and publishes under that origin what it owns; both may be empty. */
    public InboxSettings applyingAs(String role, String ownOrigin) {
        return new InboxSettings(
                bootstrapServers,
                kafka,
                maxBatch,
                attempts,
                firstBackOff,
                longestBackOff,
                parkedLimit,
                verdictInterval,
                transactionLimit,
                stopLimit,
                role,
                ownOrigin);
    }

    /** The same, looking for verdicts at another pace; also the longest that it waits for records in one go. */
    InboxSettings withVerdictInterval(Duration interval) {
        return new InboxSettings(
                bootstrapServers,
                kafka,
                maxBatch,
                attempts,
                firstBackOff,
                longestBackOff,
                parkedLimit,
                interval,
                transactionLimit,
                stopLimit,
                applierRole,
                origin);
    }

    private static void within(List<String> wrong, String name, int value, int least, int most) {
        if (value < least || value > most) {
            wrong.add("%s is %d, allowed are %d to %d".formatted(name, value, least, most));
        }
    }

    private static void positive(List<String> wrong, String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            wrong.add("%s is %s, it must be longer than nothing".formatted(name, value));
        }
    }
}
