package dev.strangler.facade.console;

import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Shadows.Tally;
import dev.strangler.facade.control.DataView;
import dev.strangler.facade.control.FeatureReport;
import dev.strangler.facade.control.FeatureReport.Fencing;
import dev.strangler.facade.control.RouteView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way of a feature out of the monolith, station by station, as far as there is evidence for it. */
final class Rail {

    /** The first station. */
    static final String PREPARE = "prepare";

    private static final int SIDES = 2;

    private Rail() {}

    /** How a station stands. */
    enum Mark {
        DONE("✓", "done"),
        BUSY("…", "under way"),
        STALE("!", "needs a look"),
        BAD("✕", "failed"),
        OPEN("○", "not yet");

        private final String sign;
        private final String word;

        Mark(String sign, String word) {
            this.sign = sign;
            this.word = word;
        }

        public String sign() {
            return sign;
        }

        public String word() {
            return word;
        }

        /** Its class in the style sheet. */
        public String css() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One station.
     *
     * @param said the evidence, in few words
     */
    record Station(String name, Mark mark, String said) {}

    /**
     * What comparing reads has come to.
     *
     * @param until when reads were last compared; null while they are, and when that is not known
     */
    record Compared(Tally total, @Nullable Instant until) {}

    static List<Station> of(Phase phase, FeatureReport report, Compared shadow, Show show) {
        var route = report.route();
        var data = report.data().value();
        return List.of(
                prepare(phase, report.fences(), show),
                backfill(data, show),
                verify(data, show),
                shadow(route, shadow, show),
                reads(route),
                cutover(phase, route),
                seal(phase));
    }

    /** The fences of both sides, as they were found by the last look at each. What a sealed feature leaves behind has no holes. */
    private static Station prepare(Phase phase, List<Fencing> fences, Show show) {
        if (phase == Phase.MONOLITH) {
            return new Station(PREPARE, Mark.OPEN, "not examined");
        }
        var holes = fences.stream()
                .map(fence -> fence.holes().value())
                .filter(Objects::nonNull)
                .mapToInt(List::size)
                .sum();
        if (holes > 0) {
            return new Station(
                    PREPARE, Mark.BAD, holes == 1 ? "a fence has a hole" : "fences have %d holes".formatted(holes));
        }
        if (fences.size() < SIDES) {
            return new Station(PREPARE, Mark.STALE, "fences not looked at yet");
        }
        var unknown = fences.stream()
                .filter(fence -> fence.holes().value() == null)
                .map(Fencing::side)
                .toList();
        if (!unknown.isEmpty()) {
            return new Station(PREPARE, Mark.STALE, "fence unknown at " + String.join(", ", unknown));
        }
        var oldest =
                fences.stream().map(Fencing::at).min(Comparator.naturalOrder()).orElseThrow();
        return new Station(PREPARE, show.isFresh(oldest) ? Mark.DONE : Mark.STALE, "fences whole, " + show.ago(oldest));
    }

    private static Station backfill(@Nullable DataView data, Show show) {
        if (data == null) {
            return new Station("backfill", Mark.STALE, "unknown");
        }
        var backfill = data.backfill();
        if (backfill == null) {
            return new Station("backfill", Mark.OPEN, "never asked for");
        }
        return switch (backfill.state()) {
            case "DONE" ->
                new Station(
                        "backfill",
                        Mark.DONE,
                        "%s rows, %s".formatted(show.count(backfill.appended()), show.ago(backfill.finishedAt())));
            case "FAILED" -> new Station("backfill", Mark.BAD, "stopped; ask again");
            default ->
                new Station(
                        "backfill",
                        Mark.BUSY,
                        "%s of %s rows".formatted(show.count(backfill.appended()), show.count(backfill.total())));
        };
    }

    private static Station verify(@Nullable DataView data, Show show) {
        if (data == null) {
            return new Station("verify", Mark.STALE, "unknown");
        }
        var proof = data.proof();
        if (proof == null) {
            return new Station("verify", Mark.OPEN, "no proof");
        }
        var age = show.age(proof.ageSeconds()) + " ago";
        if (!proof.verdict().equals("EQUAL")) {
            return new Station("verify", Mark.BAD, show.words(proof.verdict()) + ", " + age);
        }
        return proof.stale() == null
                ? new Station("verify", Mark.DONE, "equal, " + age)
                : new Station("verify", Mark.STALE, "stale, " + age);
    }

    private static Station shadow(RouteView route, Compared compared, Show show) {
        var shadow = compared.total();
        if (shadow.differed() > 0) {
            return new Station(
                    "shadow",
                    Mark.BAD,
                    "%s of %s differed".formatted(show.count(shadow.differed()), show.count(shadow.compared())));
        }
        if (route.shadow() > 0) {
            return new Station(
                    "shadow", Mark.BUSY, "%d %%, %s alike".formatted(route.shadow(), show.count(shadow.compared())));
        }
        if (shadow.compared() == 0) {
            return new Station("shadow", Mark.OPEN, "nothing compared");
        }
        var until = compared.until();
        return new Station(
                "shadow",
                until == null ? Mark.STALE : Mark.DONE,
                "%s alike, %s"
                        .formatted(show.count(shadow.compared()), until == null ? "age unknown" : show.ago(until)));
    }

    private static Station reads(RouteView route) {
        return switch (route.service()) {
            case 0 -> new Station("reads", Mark.OPEN, "all at the monolith");
            case 100 -> new Station("reads", Mark.DONE, "100 % at the service");
            default -> new Station("reads", Mark.BUSY, route.service() + " % at the service");
        };
    }

    private static Station cutover(Phase phase, RouteView route) {
        if (phase.isMoving()) {
            return new Station("cutover", Mark.BUSY, "on its way");
        }
        return route.writes().equals("service")
                ? new Station("cutover", Mark.DONE, "epoch " + route.epoch())
                : new Station("cutover", Mark.OPEN, "monolith writes");
    }

    private static Station seal(Phase phase) {
        return phase.isFinal()
                ? new Station("seal", Mark.DONE, phase.name().toLowerCase(java.util.Locale.ROOT))
                : new Station("seal", Mark.OPEN, "way back open");
    }
}
