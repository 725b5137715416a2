package dev.strangler.facade.console;

import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Shadows.Tally;
import dev.strangler.facade.control.DataView;
import dev.strangler.facade.control.RouteView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a feature out of the monolith, station by station, as far as there is evidence for it. */
final class Rail {

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

    static List<Station> of(Phase phase, RouteView route, @Nullable DataView data, Tally shadow, Show show) {
        return List.of(
                prepare(phase),
                backfill(data, show),
                verify(data, show),
                shadow(route, shadow, show),
                reads(route),
                cutover(phase, route),
                seal(phase));
    }

    private static Station prepare(Phase phase) {
        return phase == Phase.MONOLITH
                ? new Station("prepare", Mark.OPEN, "not examined")
                : new Station("prepare", Mark.DONE, "fences whole");
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
            case "DONE" -> new Station("backfill", Mark.DONE, show.count(backfill.appended()) + " rows");
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

    private static Station shadow(RouteView route, Tally shadow, Show show) {
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
        return shadow.compared() > 0
                ? new Station("shadow", Mark.DONE, show.count(shadow.compared()) + " alike")
                : new Station("shadow", Mark.OPEN, "nothing compared");
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
