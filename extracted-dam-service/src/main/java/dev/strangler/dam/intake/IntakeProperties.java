package dev.strangler.dam.intake;

import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.products.ProductEvents;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this service listens: the topics of the contracts, unless a test or a deployment prefixes its topics.
 *
 * @param assetsTopic where the assets are told of
 * @param productsTopic where the products are told of, which use assets
 */
@ConfigurationProperties("intake")
record IntakeProperties(
        @DefaultValue(AssetEvents.TOPIC) String assetsTopic,
        @DefaultValue(ProductEvents.TOPIC) String productsTopic) {}
