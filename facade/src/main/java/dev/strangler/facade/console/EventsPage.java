package dev.strangler.facade.console;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.facade.control.ControlRefusal;
import dev.strangler.facade.control.ParkedController;
import dev.strangler.facade.sides.BrowsingTopics;
import dev.strangler.facade.sides.BrowsingTopics.Wanted;
import dev.strangler.facade.sides.Reading;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The topics, as far as a person wants to see into them, and the keys that wait for an operator. */
@Controller
class EventsPage {

    private final FeatureMap map;
    private final BrowsingTopics topics;
    private final ParkedController parked;
    private final ParkedActs acts;

    EventsPage(FeatureMap map, BrowsingTopics topics, ParkedController parked, ParkedActs acts) {
        this.map = map;
        this.topics = topics;
        this.parked = parked;
        this.acts = acts;
    }

    /** What was filled in, to be shown again. */
    record Asked(String topic, String key, String type, String from) {}

    @GetMapping("/console/events")
    String show(
            @RequestParam @Nullable String topic,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String from,
            Model model) {
        var waiting = parked.all();
        model.addAttribute("parked", waiting.items().stream().map(acts::waiting).toList());
        model.addAttribute("unknown", waiting.unknown());
        model.addAttribute("topics", map.topics());
        model.addAttribute("asked", new Asked(topic == null ? map.topics().get(0) : topic, key, type, from));
        model.addAttribute("found", topic == null ? null : found(topic, key, type, from));
        return "events";
    }

    private Reading<BrowsingTopics.Found> found(String topic, String key, String type, String from) {
        if (!map.topics().contains(topic)) {
            throw ControlRefusal.notFound(
                    "There is no topic of that name in the feature map; there are %s.".formatted(map.topics()));
        }
        var since = instant(from);
        return Reading.of(() -> topics.look(new Wanted(topic, key.strip(), type.strip(), since)));
    }

    private static @Nullable Instant instant(String from) {
        if (from.isBlank()) {
            return null;
        }
        try {
            return LocalDateTime.parse(from).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException unreadable) {
            throw ControlRefusal.badRequest(
                    "'from' is no time such as 2026-11-21T08:30:00. Correct it, or leave it empty.");
        }
    }
}
