package dev.strangler.outbox.spring;

import dev.strangler.outbox.Outboxes;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The outbox of this application.
 *
 * @param origin the name of this side, first word of every event id, e.g. monolith; without it there is no outbox
 * @param topics the topic of each aggregate type, e.g. Asset=assets.v1; an aggregate type without one is refused
 * @param maxPayloadBytes largest payload in UTF-8 bytes; raise it only together with the limits of relay and broker
 * @param writtenHeader whether answers carry X-Strangler-Written, so that clients can read their own writes at the other side
 */
@ConfigurationProperties("strangler.outbox")
public record OutboxProperties(
        @Nullable String origin,
        @DefaultValue Map<String, String> topics,
        @DefaultValue("" + Outboxes.MAX_PAYLOAD_BYTES) int maxPayloadBytes,
        @DefaultValue("true") boolean writtenHeader) {}
