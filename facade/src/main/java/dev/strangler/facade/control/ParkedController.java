package dev.strangler.facade.control;

import dev.strangler.facade.sides.ParkedKeys;
import dev.strangler.facade.sides.ParkedKeys.ParkedKey;
import dev.strangler.facade.sides.ParkedKeys.Verdict;
import dev.strangler.facade.sides.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys that wait for an operator. */
@RestController
@RequestMapping("/control/parked")
public class ParkedController {

    private static final Logger log = LoggerFactory.getLogger(ParkedController.class);

    private final ParkedKeys parked;
    private final Looking looking;

    ParkedController(ParkedKeys parked, Looking looking) {
        this.parked = parked;
        this.looking = looking;
    }

    /**
     * All parked keys.
     *
     * @param items of the sides that could be asked
     * @param unknown sides that could not be asked, and why
     */
    public record Parked(List<ParkedKey> items, Map<String, String> unknown) {}

    /**
     * The key to decide on.
     *
     * @param who decides, for the audit; may be missing
     */
    public record Key(
            @Nullable String consumer,
            @Nullable String aggregateType,
            @Nullable String aggregateId,
            @Nullable String who) {}

    /** What was decided; the consumer carries it out at its next look. */
    public record Decided(String side, String consumer, String aggregateType, String aggregateId, String verdict) {}

    @GetMapping
    public Parked all() {
        var items = new ArrayList<ParkedKey>();
        var unknown = new LinkedHashMap<String, String>();
        looking.parked().forEach((side, reading) -> {
            if (reading.value() != null) {
                items.addAll(reading.value());
            } else {
                unknown.put(side, String.valueOf(reading.unknown()));
            }
        });
        return new Parked(items, unknown);
    }

    @PostMapping("/retry")
    public Decided retry(@RequestBody Key key) {
        return decide(Verdict.RETRY, key);
    }

    @PostMapping("/skip")
    public Decided skip(@RequestBody Key key) {
        return decide(Verdict.SKIP, key);
    }

    /** A consumer's name is its side's affair, so the side that has the key parked is looked for. */
    private Decided decide(Verdict verdict, Key key) {
        var consumer = required("consumer", key.consumer());
        var type = required("aggregateType", key.aggregateType());
        var id = required("aggregateId", key.aggregateId());
        var unknown = new ArrayList<String>();
        for (var side : parked.sides()) {
            var found = Reading.of(() -> parked.decide(side, verdict, consumer, type, id));
            if (Boolean.TRUE.equals(found.value())) {
                log.info("{} of {} {} of {} was asked for by {}", verdict, type, id, consumer, key.who());
                return new Decided(side, consumer, type, id, verdict.name());
            }
            if (found.value() == null) {
                unknown.add(side + " (" + found.unknown() + ")");
            }
        }
        if (!unknown.isEmpty()) {
            throw ControlRefusal.unknown(
                    "No side that could be asked has this key parked, and these could not be asked: %s."
                            .formatted(String.join(", ", unknown)));
        }
        throw ControlRefusal.notFound(
                "%s has no parked key %s %s. Look at the parked keys; it may have been applied meanwhile."
                        .formatted(consumer, type, id));
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ControlRefusal.badRequest(
                    "'%s' is missing; a key is named by consumer, aggregateType and aggregateId. Add it."
                            .formatted(name));
        }
        return value;
    }
}
