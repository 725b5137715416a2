package dev.strangler.monolith.assets.blobs;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the blobs lie.
 *
 * @param directory outside any served folder; made if missing, readable by its owner only
 */
@ConfigurationProperties("blobs")
public record BlobProperties(
        @DefaultValue(".strangler/data/monolith-blobs") Path directory) {}
