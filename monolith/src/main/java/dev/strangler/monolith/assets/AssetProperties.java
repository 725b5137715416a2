package dev.strangler.monolith.assets;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How assets go.
 *
 * @param retention how long an asset lies in the trash before it is purged
 */
@ConfigurationProperties("assets")
record AssetProperties(@DefaultValue("30d") Duration retention) {}
