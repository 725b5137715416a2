package dev.strangler.facade.console;

import dev.strangler.facade.control.ControlRefusal;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Everything about one feature. Parts of it are looked at again by themselves; those hold no form. What may be asked for is written anew when a handover gets
 * on to another stage, and only then: somebody may be filling it in, or pressing the button.
 */
@Controller
@RequestMapping("/console/features/{feature}")
class FeaturePage {

    private final FeatureParts parts;
    private final Map<String, BiConsumer<String, Model>> live;

    FeaturePage(FeatureParts parts) {
        this.parts = parts;
        this.live = Map.of(
                "standing", parts::standing,
                "handover", parts::handover,
                "preflight", parts::preflight,
                "route", parts::standing,
                "flow", parts::flow,
                "parity", parts::parity,
                "shadow", parts::shadow,
                "fences", parts::fences,
                "journal", parts::journal);
    }

    @GetMapping
    String all(@PathVariable String feature, Model model) {
        parts.standing(feature, model);
        parts.handover(feature, model);
        parts.parity(feature, model);
        parts.shadow(feature, model);
        parts.journal(feature, model);
        parts.preflight(feature, model);
        return "feature";
    }

    @GetMapping("/parts/{part}")
    String part(
            @PathVariable String feature, @PathVariable String part, @RequestParam @Nullable String seen, Model model) {
        var wanted = live.get(part);
        if (wanted == null) {
            throw ControlRefusal.notFound("There is no part '%s'; there are %s.".formatted(part, live.keySet()));
        }
        model.addAttribute("name", feature);
        wanted.accept(feature, model);
        if (part.equals("handover") && seen != null) {
            parts.catchUp(feature, seen, model);
        }
        return "parts :: " + part;
    }
}
