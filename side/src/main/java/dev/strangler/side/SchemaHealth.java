package dev.strangler.side;

import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Out of service while schema scripts that this release brings along wait to be run. Only the process knows them: a database knows those that
 * were run. Whoever hands a feature over looks here first.
 */
class SchemaHealth extends AbstractHealthIndicator {

    private final List<Flyway> histories;

    /** A release's scripts don't grow, and one that was run stays run. */
    private volatile boolean isComplete;

    SchemaHealth(List<Flyway> histories) {
        super("The schema's history could not be read");
        this.histories = List.copyOf(histories);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var waiting = isComplete ? List.<String>of() : waiting();
        isComplete = waiting.isEmpty();
        builder.up();
        if (!isComplete) {
            builder.outOfService().withDetail("waiting", waiting);
        }
    }

    private List<String> waiting() {
        return histories.stream()
                .flatMap(history -> Arrays.stream(history.info().pending()))
                .map(script -> script.getScript())
                .toList();
    }
}
