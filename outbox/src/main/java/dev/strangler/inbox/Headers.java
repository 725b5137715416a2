package dev.strangler.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of one record while it is read: first all are {@link #take taken}, then the event is made, or all that is wrong is said. */
final class Headers {

    /** In UTF-8 bytes: type, id and consumer together must fit into an index entry, which takes 2,704 bytes. */
    static final int LONGEST_NAME = 512;

    private final List<String> problems = new ArrayList<>(0);

    private @Nullable String id;
    private @Nullable String aggregateType;
    private @Nullable String aggregateVersion;
    private @Nullable String type;
    private @Nullable String origin;
    private @Nullable String epoch;
    private @Nullable String schemaVersion;
    private @Nullable String occurredAt;
    private @Nullable String traceparent;

    void take(String name, @Nullable String value) {
        switch (name) {
            case "id" -> id = value;
            case "aggregatetype" -> aggregateType = value;
            case "aggregateversion" -> aggregateVersion = value;
            case "type" -> type = value;
            case "origin" -> origin = value;
            case "epoch" -> epoch = value;
            case "schemaversion" -> schemaVersion = value;
            case "occurredat" -> occurredAt = value;
            case "traceparent" -> traceparent = value;
            default -> {
                // others may travel along
            }
        }
    }

    /** Makes the record unreadable for a reason that its headers do not show. */
    void refuse(String problem) {
        problems.add(problem);
    }

    /** The aggregate type as far as it is usable. */
    @Nullable
    String aggregateType() {
        return aggregateType == null || !isUsable(aggregateType) ? null : aggregateType;
    }

    /** The event, or null if {@link #problem} has something to say. */
    @Nullable
    ReceivedEvent event(@Nullable String key, String payload, String topic, int partition, long offset) {
        var event = new ReceivedEvent(
                text("id", id),
                text("aggregatetype", aggregateType),
                text("the key", key),
                number("aggregateversion", aggregateVersion, 1, Long.MAX_VALUE),
                text("type", type),
                text("origin", origin),
                number("epoch", epoch, 0, Long.MAX_VALUE),
                (int) number("schemaversion", schemaVersion, 1, Integer.MAX_VALUE),
                instant("occurredat", occurredAt),
                traceparent,
                payload,
                topic,
                partition,
                offset);
        if (payload.indexOf('\0') >= 0) {
            problems.add("the payload contains a NUL character");
        }
        return problems.isEmpty() ? event : null;
    }

    /** Everything that is wrong with the record. */
    String problem() {
        return "The record cannot be read: " + String.join("; ", problems)
                + ". Publish a corrected one under a newer version, then skip this one.";
    }

    static boolean isUsable(@Nullable String name) {
        return name != null && !name.isBlank() && isShort(name) && name.indexOf('\0') < 0;
    }

    private static boolean isShort(String name) {
        return name.length() <= LONGEST_NAME / 4 || bytesOf(name) <= LONGEST_NAME;
    }

    private static int bytesOf(String name) {
        return name.getBytes(UTF_8).length;
    }

    private String text(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            problems.add(name + " is missing");
            return "";
        }
        if (!isUsable(value)) {
            problems.add("%s has %d bytes or a NUL among them, allowed are %d"
                    .formatted(name, bytesOf(value), LONGEST_NAME));
        }
        return value;
    }

    private long number(String name, @Nullable String value, long least, long most) {
        if (value == null) {
            problems.add(name + " is missing");
            return least;
        }
        try {
            long number = Long.parseLong(value.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        problems.add(
                "%s is '%s', allowed are whole numbers from %d to %d".formatted(name, shortened(value), least, most));
        return least;
    }

    private Instant instant(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            problems.add(name + " is missing");
            return Instant.EPOCH;
        }
        try {
            var text = value.trim();
            if (text.chars().allMatch(Character::isDigit)) {
                return Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
            }
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            problems.add("%s is '%s', allowed are ISO-8601 with an offset and microseconds since 1970"
                    .formatted(name, shortened(value)));
            return Instant.EPOCH;
        }
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}
