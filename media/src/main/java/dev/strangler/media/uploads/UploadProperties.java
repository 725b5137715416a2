package dev.strangler.media.uploads;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an upload may have.
 *
 * @param largest most bytes of one file
 */
@ConfigurationProperties("assets.uploads")
public record UploadProperties(@DefaultValue("20MB") DataSize largest) {}
