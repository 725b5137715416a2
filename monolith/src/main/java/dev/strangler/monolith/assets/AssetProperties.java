package dev.strangler.monolith.assets;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How assets come and go.
 *
 * @param largest most bytes of one upload
 * @param retention how long an asset lies in the trash before it is purged
 * @param grace how old a blob that no asset needs must be before it is swept; longer than any upload takes
 */
@ConfigurationProperties("assets")
record AssetProperties(
        @DefaultValue("20MB") DataSize largest,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("1h") Duration grace) {}
