package dev.strangler.facade.control;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.RouteChange;
import dev.strangler.cutover.Routes;
import dev.strangler.facade.routes.MovingReads;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Features: how they fare, how their reads are sent, and who changed that. */
@RestController
@RequestMapping("/control/features")
public class FeaturesController {

    private static final int LONGEST_JOURNAL = 1_000;

    private final FeatureMap map;
    private final Routes routes;
    private final MovingReads moving;
    private final Looking looking;

    FeaturesController(FeatureMap map, Routes routes, MovingReads moving, Looking looking) {
        this.map = map;
        this.routes = routes;
        this.moving = moving;
        this.looking = looking;
    }

    /**
     * What an operator asks for.
     *
     * @param service percent of the clients whose reads the service is to answer
     * @param who the operator
     * @param why the reason; may be missing
     * @param version of the route that the operator has seen; missing for whatever is stored
     */
    public record MoveReads(
            @Nullable Integer service,
            @Nullable String who,
            @Nullable String why,
            @Nullable Long version) {}

    /**
     * What came of it.
     *
     * @param feature whose reads
     * @param changed false when they were sent so already
     * @param route that is stored now
     * @param acknowledged instances that go by it
     * @param stragglers instances that may not go by it yet
     */
    public record ReadsMoved(
            String feature, boolean changed, RouteView route, List<String> acknowledged, List<String> stragglers) {

        static ReadsMoved of(String feature, MovingReads.Moved moved) {
            return new ReadsMoved(
                    feature, moved.isChanged(), RouteView.of(moved.route()), moved.acknowledged(), moved.stragglers());
        }
    }

    /** One line of the journal. */
    public record JournalLine(long number, Instant when, String who, String why, RouteView before, RouteView after) {

        static JournalLine of(RouteChange change) {
            return new JournalLine(
                    change.number(),
                    change.when(),
                    change.who(),
                    change.why(),
                    RouteView.of(change.before()),
                    RouteView.of(change.after()));
        }
    }

    @GetMapping
    public Items<FeatureReport> all() {
        return new Items<>(looking.features());
    }

    @GetMapping("/{feature}")
    public FeatureReport one(@PathVariable String feature) {
        return looking.features(List.of(known(feature))).get(0);
    }

    @PostMapping("/{feature}/reads")
    public ReadsMoved moveReads(@PathVariable String feature, @RequestBody MoveReads wanted) {
        var name = known(feature).name();
        var share = wanted.service();
        if (share == null || share < 0 || share > 100) {
            throw ControlRefusal.badRequest(
                    "'service' is %s; a share is a whole number from 0 to 100. Choose one.".formatted(share));
        }
        var moved = moving.move(
                name,
                new Percentage(share),
                KnownFeatures.who(wanted.who()),
                KnownFeatures.text("why", wanted.why()),
                wanted.version());
        return ReadsMoved.of(feature, moved);
    }

    @GetMapping("/{feature}/journal")
    public Items<JournalLine> journal(@PathVariable String feature, @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > LONGEST_JOURNAL) {
            throw ControlRefusal.badRequest(
                    "'limit' is %d, allowed are 1 to %d. Choose one of them.".formatted(limit, LONGEST_JOURNAL));
        }
        return new Items<>(routes.journal(known(feature).name(), limit).stream()
                .map(JournalLine::of)
                .toList());
    }

    private Feature known(String name) {
        return KnownFeatures.named(map, name);
    }
}
