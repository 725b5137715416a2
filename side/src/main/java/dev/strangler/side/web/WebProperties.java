package dev.strangler.side.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this side answers over HTTP.
 *
 * @param enabled whether it answers in the kit's manner: problem documents for whatever goes wrong, strict JSON, bounded bodies, and
 *     {@code X-Served-By}; false for an application with a manner of its own
 */
@ConfigurationProperties("strangler.side.web")
public record WebProperties(@DefaultValue("true") boolean enabled) {}
