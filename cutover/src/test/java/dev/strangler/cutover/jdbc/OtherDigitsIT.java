package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.OperationId;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** On a JVM that writes numbers in the digits of another script, statements are still such that a database reads them. */
@WithInfrastructure
@Isolated("sets the default locale of the JVM")
class OtherDigitsIT {

    private final Locale before = Locale.getDefault();

    @BeforeEach
    void inEgypt() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        assertThat("%d".formatted(1)).isNotEqualTo("1");
    }

    @AfterEach
    void asBefore() {
        Locale.setDefault(before);
    }

    @Test
    void a_fence_closes_and_opens(Infrastructure infrastructure) {
        var feature = FencedFeature.open(infrastructure.database());
        var operation = new OperationId("cutover-1");

        feature.fence.close(Epoch.FIRST, operation, List.of(), FencedFeature.PATIENCE);
        assertThat(feature.fence.state().enforcedOpen()).isFalse();
        assertThat(feature.fence.blockers()).isEmpty();
    }
}
