package dev.strangler.monolith.assets.imaging;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the decoding of strangers' pictures may take.
 *
 * @param decoders how many pictures are decoded at once; each may need 300 MB
 * @param patience how long an upload waits for a free decoder before it is told to come again
 * @param deadline how long one picture may be decoded
 */
@ConfigurationProperties("assets.decoding")
public record DecodingProperties(
        @DefaultValue("2") int decoders,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("20s") Duration deadline) {}
