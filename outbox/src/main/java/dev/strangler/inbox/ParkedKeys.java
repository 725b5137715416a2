package dev.strangler.inbox;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that are parked at one moment, and how many records there are in all. */
final class ParkedKeys {

    private final Map<AggregateKey, Integer> records = new HashMap<>();
    private final Map<String, AggregateKey> byId = new HashMap<>();
    private int total;

    void add(AggregateKey key, int count) {
        records.merge(key, count, Integer::sum);
        total += count;
        var other = byId.get(key.id());
        if (other == null || key.isTypeUnknown()) {
            byId.put(key.id(), key);
        }
    }

    /**
     * The parked key that a record has to wait behind, if any: its own, or one of the same id whose type could not be read.
     * A record without a type waits behind whatever is parked under its id.
     */
    @Nullable
    AggregateKey holding(AggregateKey key) {
        if (records.isEmpty()) {
            return null;
        }
        var sameId = byId.get(key.id());
        if (sameId == null) {
            return null;
        }
        if (key.isTypeUnknown() || sameId.isTypeUnknown()) {
            return sameId;
        }
        return records.containsKey(key) ? key : null;
    }

    int keys() {
        return records.size();
    }

    int total() {
        return total;
    }
}
