package dev.strangler.facade.console;

import dev.strangler.cutover.Phase;
import dev.strangler.facade.control.DataView.TracingView;
import dev.strangler.facade.control.FeatureReport;
import dev.strangler.facade.sides.Consumers.Consumer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A feature at a glance.
 *
 * @param owner {@code monolith} or {@code service}
 * @param lag how far the copy is behind, in words
 * @param isLagKnown whether that is fresh
 * @param proof how old the proof is, and what it says
 * @param forward how old the newest marker is that crossed to the service
 * @param back likewise to the monolith
 * @param next the command that makes sense next, and why
 */
record Card(
        String name,
        String service,
        Phase phase,
        String owner,
        long epoch,
        int reads,
        int shadow,
        String lag,
        boolean isLagKnown,
        String proof,
        String forward,
        String back,
        List<Rail.Station> rail,
        Next next) {

    /** What to do next. */
    record Next(String line, String why) {}

    static Card of(FeatureReport report, Phase phase, List<Rail.Station> rail, boolean isUnfinished, Show show) {
        var route = report.route();
        var lag = lag(report, show);
        var data = report.data().value();
        var proof = data == null ? null : data.proof();
        return new Card(
                report.name(),
                report.service(),
                phase,
                route.writes(),
                route.epoch(),
                route.service(),
                route.shadow(),
                lag == null ? "unknown" : lag,
                lag != null,
                proof == null
                        ? "none"
                        : "%s, %s old".formatted(show.words(proof.verdict()), show.age(proof.ageSeconds())),
                tracer(report, "forward", show),
                tracer(report, "back", show),
                rail,
                next(report.name(), phase, rail, isUnfinished));
    }

    /** By how many records the other side's copy is behind; null when that is not known. */
    private static @Nullable String lag(FeatureReport report, Show show) {
        var copy = report.route().writes().equals("monolith") ? report.service() : "monolith";
        return report.consumers().stream()
                .filter(side -> side.side().equals(copy))
                .map(side -> side.consumers().value())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(Consumer::behind)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .map(behind -> behind == 0 ? "none, as of now" : show.count(behind) + " records, as of now")
                .orElse(null);
    }

    private static String tracer(FeatureReport report, String direction, Show show) {
        var data = report.data().value();
        if (data == null) {
            return "unknown";
        }
        return data.tracings().stream()
                .filter(tracing -> tracing.direction().equals(direction))
                .map(tracing -> said(tracing, show))
                .findFirst()
                .orElse("none yet");
    }

    private static String said(TracingView tracing, Show show) {
        if (tracing.trouble() != null) {
            return "stuck: " + tracing.trouble();
        }
        return tracing.ageSeconds() == null
                ? "none yet"
                : "%s ago, took %s".formatted(show.age(tracing.ageSeconds()), show.millis(tracing.roundTripMillis()));
    }

    private static Next next(String name, Phase phase, List<Rail.Station> rail, boolean isUnfinished) {
        if (isUnfinished) {
            return new Next(
                    doctor(name),
                    "A handover is on its way. This says whether it goes on, and the one safe act if not; Abort is on the feature's page.");
        }
        if (phase.isFinal()) {
            return new Next("./strangler retire " + name, "Sealed: see what of it is left in the monolith.");
        }
        for (var station : rail) {
            if (station.mark() == Rail.Mark.DONE || station.name().equals("shadow")) {
                continue;
            }
            return next(name, station);
        }
        return nothing(name);
    }

    private static Next next(String name, Rail.Station station) {
        return switch (station.name()) {
            case Rail.PREPARE ->
                switch (station.mark()) {
                    case OPEN -> new Next(Act.PREPARE.line(name), "Nothing was examined yet.");
                    case BAD -> new Next(Act.PREPARE.line(name), "A fence has holes; this names what mends each.");
                    default -> new Next(doctor(name), "Nothing shows now that both fences are whole; this looks.");
                };
            case "backfill" -> new Next(Act.BACKFILL.line(name), "The service lacks what was there before the stream.");
            case "verify" -> new Next(Act.VERIFY.line(name), "Nothing proves now that both sides hold the same.");
            case "reads" -> new Next(Act.READS.line(name, 100), "The proof is fresh; the service can answer reads.");
            case "cutover" -> new Next(Act.PLAN.line(name), "See what a cutover would meet; it changes nothing.");
            default -> nothing(name);
        };
    }

    private static String doctor(String name) {
        return "./strangler doctor " + name;
    }

    private static Next nothing(String name) {
        return new Next(Act.PLAN_BACK.line(name), "Nothing has to be done. This shows what the way back would meet.");
    }
}
