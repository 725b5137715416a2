package dev.strangler.pim.products.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands are taken.
 *
 * @param expectImagesFor how long a command waits for an image to become known before it is refused
 */
@ConfigurationProperties("products")
record ProductProperties(@DefaultValue("1s") Duration expectImagesFor) {}
