package dev.strangler.media;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * Everything of this room, for the application that imports it. The application adds who needs blobs
 * ({@link dev.strangler.media.blobs.BlobUses}) and which pictures are known ({@link dev.strangler.media.uploads.KnownPictures}),
 * and sets {@code blobs.directory} and {@code blobs.source}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@ConfigurationPropertiesScan
public class Media {}
