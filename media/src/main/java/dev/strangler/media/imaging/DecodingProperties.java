package dev.strangler.media.imaging;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the decoding of strangers' pictures may take.
 *
 * @param decoders how many pictures are decoded at once, as far as half of the heap has room for them
 * @param patience how long an upload waits for room before it is told to come again
 * @param deadline how much time of a processor one picture may take before it is refused for good
 * @param longest how long one picture may take by the clock, on a busy machine, before its upload is told to come again
 */
@ConfigurationProperties("assets.decoding")
public record DecodingProperties(
        @DefaultValue("2") int decoders,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("20s") Duration deadline,
        @DefaultValue("40s") Duration longest) {}
