package dev.strangler.facade.control;

import dev.strangler.facade.sides.ParkedKeys.ParkedKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells the listeners when a key is parked or flows again. Looks only while somebody listens. */
@Component
class WatchingParked {

    private final Looking looking;
    private final ControlEvents events;
    private Map<String, Map<String, ParkedKey>> before = new LinkedHashMap<>();

    WatchingParked(Looking looking, ControlEvents events) {
        this.looking = looking;
        this.events = events;
    }

    /** A parked key that is new, or one that has gone. */
    record ParkedEvent(String change, ParkedKey key) {}

    @Scheduled(fixedDelay = 2_000)
    void look() {
        if (!events.hasListeners()) {
            before = new LinkedHashMap<>();
            return;
        }
        looking.parked().forEach((side, reading) -> {
            if (reading.value() == null) {
                return;
            }
            var now = new LinkedHashMap<String, ParkedKey>();
            reading.value()
                    .forEach(key -> now.put(key.consumer() + ' ' + key.aggregateType() + ' ' + key.aggregateId(), key));
            compare(before.getOrDefault(side, Map.of()), now);
            before.put(side, now);
        });
    }

    private void compare(Map<String, ParkedKey> earlier, Map<String, ParkedKey> now) {
        now.forEach((name, key) -> {
            if (!earlier.containsKey(name)) {
                events.tell("parked", new ParkedEvent("parked", key));
            }
        });
        earlier.forEach((name, key) -> {
            if (!now.containsKey(name)) {
                events.tell("parked", new ParkedEvent("flows", key));
            }
        });
    }
}
