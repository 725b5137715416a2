package dev.strangler.side;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this side asks its fences.
 *
 * @param openFor for how long an open fence is believed before a command is let in without asking the database again; what
 *     slips in meanwhile is refused by the database
 */
@ConfigurationProperties("strangler.side")
public record SideProperties(@DefaultValue("100ms") Duration openFor) {}
