package dev.strangler.outbox;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Stops a payload that no reader could take: the relay would stop at one too large for the broker, and with it every event
 * behind.
 */
record PayloadCheck(int maxBytes) implements EventCheck {

    private static final int MOST_BYTES_PER_CHAR = 3;

    @Override
    public void check(OutboxEvent event) {
        var payload = event.payload();
        if (payload.isBlank()) {
            throw new AppendRefused(
                    "The payload of %s is blank, but it must be the whole state as JSON. Pass the state."
                            .formatted(name(event)));
        }
        requireSize(event, payload);
        JsonSyntax.firstError(payload).ifPresent(error -> {
            throw new AppendRefused(
                    "The payload of %s is no JSON: %s. Write it with a JSON library.".formatted(name(event), error));
        });
    }

    private void requireSize(OutboxEvent event, String payload) {
        if ((long) payload.length() * MOST_BYTES_PER_CHAR <= maxBytes) {
            return;
        }
        var bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw new AppendRefused(String.format(
                    Locale.ROOT,
                    "The payload of %s has %,d bytes, allowed are %,d. Keep large content (files, images) out of the event and refer to it by digest, or raise strangler.outbox.max-payload-bytes together with the limits of relay and broker.",
                    name(event),
                    bytes,
                    maxBytes));
        }
    }

    private static String name(OutboxEvent event) {
        return "%s of %s %s v%d"
                .formatted(event.type(), event.aggregateType(), event.aggregateId(), event.aggregateVersion());
    }
}
