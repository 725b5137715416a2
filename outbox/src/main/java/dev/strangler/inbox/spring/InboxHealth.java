package dev.strangler.inbox.spring;

import dev.strangler.inbox.Flow;
import dev.strangler.inbox.InboxLag;
import dev.strangler.inbox.InboxStatus;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down while something stands still that should not; a parked key alone is shown, not down: all others flow. */
class InboxHealth extends AbstractHealthIndicator {

    private final Inboxes inboxes;
    private final Clock clock;

    InboxHealth(Inboxes inboxes, Clock clock) {
        super("The inboxes could not be asked");
        this.inboxes = inboxes;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (var status : inboxes.statuses()) {
            if (!status.isWell()) {
                builder.down();
            }
            builder.withDetail(status.consumer(), details(status));
        }
    }

    private Map<String, Object> details(InboxStatus status) {
        var details = new LinkedHashMap<String, Object>();
        details.put("running", status.running());
        if (status.trouble() != null) {
            details.put("trouble", status.trouble());
        }
        if (status.ended() != null) {
            details.put("ended", status.ended());
        }
        details.put("parkedKeys", status.parkedKeys());
        details.put("parkedRecords", status.parkedRecords());
        for (var lag : status.partitions()) {
            details.put(lag.topic() + "-" + lag.partition(), partition(lag));
        }
        return details;
    }

    private Map<String, Object> partition(InboxLag lag) {
        var details = new LinkedHashMap<String, Object>();
        details.put("flow", lag.flow().name());
        details.put("nextOffset", lag.nextOffset());
        details.put("recordsBehind", lag.recordsBehind());
        if (!lag.isAgeUnknown()) {
            details.put("oldestUnappliedMillis", lag.age(clock.instant()).toMillis());
        }
        if (lag.reason() != null && lag.flow() != Flow.FLOWING) {
            details.put("reason", lag.reason());
        }
        return details;
    }
}
