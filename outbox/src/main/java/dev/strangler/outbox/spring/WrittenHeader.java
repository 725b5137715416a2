package dev.strangler.outbox.spring;

import dev.strangler.outbox.CommittedEvent;
import dev.strangler.outbox.CommittedEvents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Tells the client what it has written: {@code X-Strangler-Written: Asset:<id>:<version>}, comma-separated. Whoever stands
 * between keeps the client's reads at this side until the other has applied that version.
 */
public class WrittenHeader implements CommittedEvents {

    /** The header's name. */
    public static final String NAME = "X-Strangler-Written";

    @Override
    public void committed(List<CommittedEvent> events) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return;
        }
        var response = attributes.getResponse();
        if (response == null || response.isCommitted()) {
            return;
        }
        var before = response.getHeader(NAME);
        var now = newest(events);
        response.setHeader(NAME, before == null ? now : before + "," + now);
    }

    /** One entry per aggregate: who has the newest version has the earlier ones too. */
    private static String newest(List<CommittedEvent> events) {
        var versions = new LinkedHashMap<String, Long>();
        for (var event : events) {
            versions.merge(event.aggregateType() + ":" + event.aggregateId(), event.aggregateVersion(), Math::max);
        }
        return versions.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
