package dev.strangler.side.rebuilds;

import dev.strangler.inbox.Rebuild;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** {@code /internal/rebuild} for the {@link Rebuild}s that the application has; nothing where it has none. */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnBean(Rebuild.class)
public class RebuildsAutoConfiguration {

    @Bean
    Rebuilding rebuildingOnRequest(List<Rebuild> rebuilds, ObjectProvider<Clock> clock) {
        return new Rebuilding(rebuilds, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    AskingForRebuilds askingForRebuilds(Rebuilding rebuildingOnRequest) {
        return new AskingForRebuilds(rebuildingOnRequest);
    }
}
