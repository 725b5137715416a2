package dev.strangler.outbox.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The kit's own schema.
 *
 * @param migrate whether the application migrates it when it starts; false where somebody else does
 */
@ConfigurationProperties("strangler.schema")
public record SchemaProperties(@DefaultValue("true") boolean migrate) {}
