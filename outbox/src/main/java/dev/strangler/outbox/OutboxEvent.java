package dev.strangler.outbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * One business fact to publish, with the whole state of its aggregate as the payload.
 *
 * @param aggregateType what changed, e.g. {@code Asset}; decides the topic
 * @param aggregateId the aggregate's identifier in text; becomes the key of the record, so that order is kept per aggregate
 * @param aggregateVersion the version that this change led to: 1 for the first, one more per committed change. Whoever
 *     writes the aggregate guards it (optimistic version or row lock); readers drop what is not newer
 * @param type what happened, e.g. {@code AssetUploaded}
 * @param schemaVersion version of the payload's schema, from 1
 * @param payload JSON text; arrives byte by byte as it is here
 * @param occurredAt when it happened; kept to the microsecond, which is what the database can hold
 */
public record OutboxEvent(
        String aggregateType,
        String aggregateId,
        long aggregateVersion,
        String type,
        int schemaVersion,
        String payload,
        Instant occurredAt) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    /** @throws AppendRefused when a name is blank, or a version is smaller than 1 */
    public OutboxEvent {
        requireText("aggregateType", aggregateType);
        requireText("aggregateId", aggregateId);
        requireText("type", type);
        if (!WORD.matcher(aggregateType).matches()) {
            throw new AppendRefused(
                    "The aggregate type '%s' is not a word of letters and digits, but it stands between hyphens in the event's id. Name it like 'Asset'."
                            .formatted(aggregateType));
        }
        if (aggregateVersion < 1) {
            throw new AppendRefused("The version of %s %s is %d, the smallest allowed is 1."
                            .formatted(aggregateType, aggregateId, aggregateVersion)
                    + " Pass the version that the change led to.");
        }
        if (schemaVersion < 1) {
            throw new AppendRefused("The schema version of %s is %d, the smallest allowed is 1. Number schemas from 1."
                    .formatted(type, schemaVersion));
        }
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The event's id: {@code <origin>-<Aggregate>-<id>-v<version>}. The same change has the same id however often it is sent. */
    public String idFrom(Origin origin) {
        return origin.value() + "-" + aggregateType + "-" + aggregateId + "-v" + aggregateVersion;
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new AppendRefused("The event's %s is blank, but it names the event. Pass a text.".formatted(name));
        }
    }
}
