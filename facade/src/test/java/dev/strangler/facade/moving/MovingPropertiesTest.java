package dev.strangler.facade.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.strangler.cutover.workflow.Limits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MovingPropertiesTest {

    private static final Duration PROOF_AGE = Limits.STANDARD.before().proofAge();

    @Test
    void who_sets_nothing_gets_the_kits_own_limits() {
        assertThat(bound(Map.of()).limits(PROOF_AGE)).isEqualTo(Limits.STANDARD);
    }

    @Test
    void each_limit_has_its_property() {
        var limits = bound(Map.ofEntries(
                        Map.entry("facade.handover.instances.arm", "2s"),
                        Map.entry("facade.handover.instances.acknowledge", "700ms"),
                        Map.entry("facade.handover.instances.hold", "9s"),
                        Map.entry("facade.handover.lock.patience", "150ms"),
                        Map.entry("facade.handover.lock.attempts", "7"),
                        Map.entry("facade.handover.lock.back-off", "50ms"),
                        Map.entry("facade.handover.gap.whole", "8s"),
                        Map.entry("facade.handover.gap.drain", "6s"),
                        Map.entry("facade.handover.gap.look", "5ms"),
                        Map.entry("facade.handover.settle", "90s"),
                        Map.entry("facade.handover.reverse", "4s"),
                        Map.entry("facade.handover.rehearsal-required", "true"),
                        Map.entry("facade.handover.before.old-transaction", "3s"),
                        Map.entry("facade.handover.before.lag-records", "12"),
                        Map.entry("facade.handover.before.round-trip", "6s"),
                        Map.entry("facade.handover.before.quiet", "2h"),
                        Map.entry("facade.handover.before.rehearsal", "7d")))
                .limits(Duration.ofHours(1));

        assertThat(limits)
                .hasToString("Limits[instances=Instances[arm=PT2S, acknowledge=PT0.7S, hold=PT9S],"
                        + " lock=Lock[patience=PT0.15S, attempts=7, backOff=PT0.05S],"
                        + " gap=Gap[whole=PT8S, drain=PT6S, look=PT0.005S],"
                        + " afterwards=Afterwards[settle=PT1M30S, reverse=PT4S],"
                        + " before=Before[oldTransaction=PT3S, lagRecords=12, roundTrip=PT6S, proofAge=PT1H,"
                        + " precedents=Policy[quiet=PT2H, rehearsal=PT168H, isRehearsalRequired=true]]]");
    }

    @Test
    void what_makes_no_sense_is_refused_by_the_name_of_its_property() {
        var senseless = bound(Map.of("facade.handover.gap.drain", "20s", "facade.handover.lock.attempts", "0"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> senseless.limits(PROOF_AGE))
                .withMessageStartingWith("The settings below facade.handover make no sense: lock.attempts is 0")
                .withMessageContaining("gap.drain is 20s and longer than gap.whole, 5s");
    }

    private static MovingProperties bound(Map<String, String> set) {
        return new Binder(new MapConfigurationPropertySource(set))
                .bindOrCreate("facade.handover", MovingProperties.class);
    }
}
