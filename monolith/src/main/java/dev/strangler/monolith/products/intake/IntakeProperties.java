package dev.strangler.monolith.products.intake;

import dev.strangler.contracts.products.ProductEvents;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the monolith listens to the owner of its products.
 *
 * @param enabled whether it does
 * @param topic the topic of the contract, unless a test or a deployment prefixes its topics
 * @param expectImagesFor how long a product waits for the news of an image that it shows, while the foreign key asks for the image's row;
 *     others wait behind it
 */
@ConfigurationProperties("products.intake")
record IntakeProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(ProductEvents.TOPIC) String topic,
        @DefaultValue("10s") Duration expectImagesFor) {}
