package dev.strangler.media.blobs;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the blobs lie and where those come from that others took in.
 *
 * @param directory outside any served folder; made if missing, readable by its owner only
 * @param source base address of the other side; asked for {@code /internal/blobs/<digest>}
 * @param connectTimeout how long a connection to the source may take
 * @param copyTimeout how long one blob may take from question to last byte
 * @param copies how many blobs are copied at the same time, at most
 * @param sweepAfter how long a blob that nothing needs is kept: longer than from its arrival to the commit of its asset
 */
@ConfigurationProperties("blobs")
public record BlobProperties(
        Path directory,
        URI source,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration copyTimeout,
        @DefaultValue("4") int copies,
        @DefaultValue("1h") Duration sweepAfter) {}
