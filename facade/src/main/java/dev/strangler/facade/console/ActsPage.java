package dev.strangler.facade.console;

import dev.strangler.facade.console.Acting.Asked;
import dev.strangler.facade.control.ControlRefusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes in what is asked for; the answer is the page that it was asked on, with what came of it. */
@Controller
class ActsPage {

    /** The part of the page of events on which keys are decided on. */
    private static final String PARKED = "parked";

    /** What that page was looking for beside the keys, and goes on looking for. */
    private static final List<String> BROWSED = List.of("topic", "key", "type", "from");

    private final Acting acting;
    private final FeatureActs acts;
    private final ParkedActs parked;

    ActsPage(Acting acting, FeatureActs acts, ParkedActs parked) {
        this.acting = acting;
        this.acts = acts;
        this.parked = parked;
    }

    @PostMapping("/console/features/{feature}/acts/{verb}")
    String act(
            @PathVariable String feature,
            @PathVariable String verb,
            @RequestParam MultiValueMap<String, String> form,
            @AuthenticationPrincipal Operator operator,
            RedirectAttributes after) {
        var known = acts.known(feature);
        var act = known(verb);
        var line = FeatureActs.line(act, feature, form);
        var asked = new Asked(operator, act, feature, line, form.getFirst("confirm"));
        var place = FeatureActs.place(act);
        tell(asked, acting.act(asked, () -> acts.carryOut(act, known, form, operator)), place, after);
        return "redirect:/console/features/" + feature + "#" + place;
    }

    @PostMapping("/console/parked/{verb}")
    String decide(
            @PathVariable String verb,
            @RequestParam String consumer,
            @RequestParam String aggregateType,
            @RequestParam String aggregateId,
            @RequestParam(defaultValue = "") String feature,
            @RequestParam @Nullable String confirm,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal Operator operator,
            RedirectAttributes after) {
        var act = known(verb);
        var line = act.line(consumer, aggregateType, aggregateId);
        var asked = new Asked(operator, act, feature, line, confirm);
        tell(
                asked,
                acting.act(asked, () -> parked.decide(act, feature, consumer, aggregateType, aggregateId, operator)),
                PARKED,
                after);
        BROWSED.stream().filter(form::containsKey).forEach(name -> after.addAttribute(name, form.get(name)));
        return "redirect:/console/events#" + PARKED;
    }

    private static void tell(Asked asked, Said said, String place, RedirectAttributes after) {
        after.addFlashAttribute("saidAt", place);
        after.addFlashAttribute("said", said);
        after.addFlashAttribute("saidLine", asked.line());
    }

    private static Act known(String verb) {
        return Act.of(verb)
                .filter(Act::isAskedFor)
                .orElseThrow(() -> ControlRefusal.notFound("There is no act '%s'.".formatted(verb)));
    }
}
