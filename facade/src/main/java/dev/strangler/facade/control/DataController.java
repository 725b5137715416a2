package dev.strangler.facade.control;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Reads;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Verification;
import dev.strangler.facade.control.DataView.BackfillView;
import dev.strangler.facade.control.DataView.DiscrepancyView;
import dev.strangler.facade.control.DataView.ProofView;
import dev.strangler.facade.control.DataView.VerificationView;
import dev.strangler.facade.data.CopyGivenUp;
import dev.strangler.facade.data.CopyingFeatures;
import dev.strangler.facade.data.LookingAtData;
import dev.strangler.facade.data.VerifyingFeatures;
import dev.strangler.facade.routes.MovingReads;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The data of features: copied, compared, and their reads shadowed. What takes long is begun here and looked at again. */
@RestController
@RequestMapping("/control/features/{feature}")
public class DataController {

    private final FeatureMap map;
    private final CopyingFeatures copying;
    private final VerifyingFeatures verifying;
    private final LookingAtData looking;
    private final Proofs proofs;
    private final Shadows shadows;
    private final MovingReads moving;
    private final Clock clock;

    DataController(
            FeatureMap map,
            CopyingFeatures copying,
            VerifyingFeatures verifying,
            LookingAtData looking,
            Proofs proofs,
            Shadows shadows,
            MovingReads moving,
            Clock clock) {
        this.map = map;
        this.copying = copying;
        this.verifying = verifying;
        this.looking = looking;
        this.proofs = proofs;
        this.shadows = shadows;
        this.moving = moving;
        this.clock = clock;
    }

    /** Who asks for a backfill. */
    public record BeginBackfill(@Nullable String who) {}

    /**
     * Who asks for a comparison.
     *
     * @param repair whether rows that differ are said again and everything is compared once more; missing for no
     */
    public record BeginVerification(
            @Nullable String who, @Nullable Boolean repair) {}

    /**
     * What share of the reads is to be compared.
     *
     * @param percent of the reads; 0 ends it
     * @param version of the route that the operator has seen; missing for whatever is stored
     */
    public record MoveShadow(
            @Nullable Integer percent,
            @Nullable String who,
            @Nullable String why,
            @Nullable Long version) {}

    /** What comparing reads has come to so far, in all and per kind of request. */
    public record ShadowView(long since, Shadows.Tally total, List<Shadows.Endpoint> endpoints) {}

    @PostMapping("/backfill")
    public BackfillView backfill(@PathVariable String feature, @RequestBody BeginBackfill wanted) {
        var known = known(feature);
        var who = KnownFeatures.who(wanted.who());
        return BackfillView.of(asking(known, () -> copying.begin(known, who)));
    }

    @GetMapping("/backfill")
    BackfillView backfill(@PathVariable String feature) {
        return looking.backfill(known(feature))
                .map(BackfillView::of)
                .orElseThrow(() -> ControlRefusal.notFound(
                        "Nobody has asked for a backfill of %s yet. Ask for one.".formatted(feature)));
    }

    @PostMapping("/verify")
    public VerificationView verify(@PathVariable String feature, @RequestBody BeginVerification wanted) {
        var known = known(feature);
        var begun = verifying.begin(known, KnownFeatures.who(wanted.who()), Boolean.TRUE.equals(wanted.repair()));
        return VerificationView.of(begun, null, List.of());
    }

    @GetMapping("/verify")
    public VerificationView verify(@PathVariable String feature) {
        var known = known(feature);
        return proofs.newestVerification(known.name())
                .map(verification -> view(known, verification))
                .orElseThrow(() -> ControlRefusal.notFound(
                        "Nobody has compared the sides of %s yet. Ask for it.".formatted(feature)));
    }

    @PostMapping("/shadow")
    public FeaturesController.ReadsMoved shadow(@PathVariable String feature, @RequestBody MoveShadow wanted) {
        var known = known(feature);
        var percent = wanted.percent();
        if (percent == null || percent < 0 || percent > 100) {
            throw ControlRefusal.badRequest(
                    "'percent' is %s; a share is a whole number from 0 to 100. Choose one.".formatted(percent));
        }
        var moved = moving.move(
                known.name(),
                Reads.shadowing(new Percentage(percent)),
                KnownFeatures.who(wanted.who()),
                KnownFeatures.text("why", wanted.why()),
                wanted.version());
        return FeaturesController.ReadsMoved.of(feature, moved);
    }

    @GetMapping("/shadow")
    public ShadowView shadow(@PathVariable String feature) {
        var report = shadows.newest(known(feature).name());
        return new ShadowView(report.since(), report.total(), report.endpoints());
    }

    private VerificationView view(Feature feature, Verification verification) {
        var proof = verification.proof().map(known -> {
            var stale = Reading.of(() -> looking.staleness(feature, known).orElse(""));
            var why = stale.value() == null ? "it can't be told now: " + stale.unknown() : stale.value();
            return ProofView.of(known, clock.instant(), why.isEmpty() ? null : why);
        });
        var remedies = Reading.of(() -> looking.remedies(feature, verification));
        return VerificationView.of(
                verification,
                proof.orElse(null),
                remedies.value() == null
                        ? proofs.discrepancies(verification.number()).stream()
                                .map(found -> DiscrepancyView.of(found, String.valueOf(remedies.unknown())))
                                .toList()
                        : remedies.value().stream().map(DiscrepancyView::of).toList());
    }

    private Feature known(String name) {
        return KnownFeatures.named(map, name);
    }

    private static <T> T asking(Feature feature, Supplier<T> sides) {
        try {
            return sides.get();
        } catch (CopyGivenUp sealed) {
            throw sealed;
        } catch (RuntimeException away) {
            throw ControlRefusal.sideAway("The sides of %s can't be asked: %s. Nothing was begun; try again."
                    .formatted(feature.name(), Reading.unknown(away).unknown()));
        }
    }
}
