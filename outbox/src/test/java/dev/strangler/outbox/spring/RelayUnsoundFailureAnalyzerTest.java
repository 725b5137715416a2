package dev.strangler.outbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.outbox.relay.RelayFinding;
import dev.strangler.outbox.relay.RelayUnsound;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayUnsoundFailureAnalyzerTest {

    @Test
    void the_console_says_what_was_found_and_both_ways_out() {
        var unsound = new RelayUnsound(List.of(
                new RelayFinding(RelayFinding.Kind.SLOT_GONE, "The slot is gone. Make it anew."),
                new RelayFinding(RelayFinding.Kind.PUBLICATION, "The publication is missing. Make it.")));
        var analysis = new RelayUnsoundFailureAnalyzer().analyze(new IllegalStateException("start", unsound));
        assertThat(analysis.getDescription())
                .contains("skipped")
                .contains("The slot is gone. Make it anew.\nThe publication is missing. Make it.");
        assertThat(analysis.getAction()).contains("way out").contains("strangler.outbox.relay.check=warn");
    }
}
