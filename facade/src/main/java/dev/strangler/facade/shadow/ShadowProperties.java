package dev.strangler.facade.shadow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code facade.shadow.*}: what comparing reads may cost at most.
 *
 * @param concurrent reads that are compared at the same time; each asks one side at a time
 * @param queue reads that may wait for that
 * @param perSecond reads that are compared at most; each costs the monolith two requests and the service one
 * @param limit how long a side may take to answer
 * @param body how much of a body is looked at
 * @param pauses before a read that differed is compared again
 * @param noise fields that don't count, by feature, as the report names them
 */
@ConfigurationProperties("facade.shadow")
public record ShadowProperties(
        @DefaultValue("2") int concurrent,
        @DefaultValue("64") int queue,
        @DefaultValue("25") int perSecond,
        @DefaultValue("5s") Duration limit,
        @DefaultValue("1MB") DataSize body,
        @DefaultValue({"250ms", "1s"}) List<Duration> pauses,
        @DefaultValue Map<String, List<String>> noise) {}
