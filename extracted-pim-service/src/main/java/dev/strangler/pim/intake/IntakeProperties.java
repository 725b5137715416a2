package dev.strangler.pim.intake;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.products.ProductEvents;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this service listens.
 *
 * @param productsTopic the topic of the contract, unless a test or a deployment prefixes its topics
 * @param assetsTopic the same
 */
@ConfigurationProperties("intake")
record IntakeProperties(
        @DefaultValue(ProductEvents.TOPIC) String productsTopic,
        @DefaultValue(AssetEvents.TOPIC) String assetsTopic) {}
