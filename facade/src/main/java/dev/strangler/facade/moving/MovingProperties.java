package dev.strangler.facade.moving;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code facade.handover.*} of the instance that leads handovers.
 *
 * @param recover whether this instance ends operations that another has left behind
 * @param auditEvery how often fences are looked at for holes
 * @param settle how long a handover waits for the former owner's relay to confirm that it is past the fence; later that is seen to beside
 * @param rehearsalRequired whether a missing rehearsal refuses a handover, or is only pointed out
 */
@ConfigurationProperties("facade.handover")
record MovingProperties(
        @DefaultValue("true") boolean recover,
        @DefaultValue("30s") Duration auditEvery,
        @DefaultValue("10s") Duration settle,
        @DefaultValue("false") boolean rehearsalRequired) {}
