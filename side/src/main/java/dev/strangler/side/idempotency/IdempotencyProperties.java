package dev.strangler.side.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of remembering answers.
 *
 * @param keepFor how long an answer is kept for a repeated key
 * @param waitForFirst how long a second request waits for the first one with its key
 */
@ConfigurationProperties("strangler.side.idempotency")
public record IdempotencyProperties(
        @DefaultValue("24h") Duration keepFor,
        @DefaultValue("5s") Duration waitForFirst) {}
