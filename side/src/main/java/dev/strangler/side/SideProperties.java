package dev.strangler.side;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this side asks its fences, and says who writes.
 *
 * @param openFor for how long an open fence is believed before a command is let in without asking the database again; what
 *     slips in meanwhile is refused by the database
 * @param nameAuthors whether each transaction says for which feature it works, see {@link NamingAuthors}; one more round trip each, so for tests
 * @param authors the base package of each feature's code, by the feature's name
 */
@ConfigurationProperties("strangler.side")
public record SideProperties(
        @DefaultValue("100ms") Duration openFor,
        @DefaultValue("false") boolean nameAuthors,
        @DefaultValue Map<String, String> authors) {

    public SideProperties {
        authors = Map.copyOf(authors);
    }
}
