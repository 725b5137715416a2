package dev.strangler.dam.intake;

import dev.strangler.contracts.assets.AssetEvents;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this service listens.
 *
 * @param assetsTopic the topic of the contract, unless a test or a deployment prefixes its topics
 */
@ConfigurationProperties("intake")
record IntakeProperties(@DefaultValue(AssetEvents.TOPIC) String assetsTopic) {}
