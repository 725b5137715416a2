package dev.strangler.facade.console;

import dev.strangler.facade.console.Flow.Hop;
import dev.strangler.facade.console.Rail.Mark;
import dev.strangler.facade.control.DataView.TracingView;
import dev.strangler.facade.control.FeatureReport;
import dev.strangler.facade.relay.RelayReport;
import dev.strangler.facade.sides.Consumers.Consumer;
import dev.strangler.facade.sides.EndOffsets;
import dev.strangler.facade.sides.Pulse;
import dev.strangler.facade.sides.Reading;
import dev.strangler.facade.sides.SideDatabases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How changes flow now. A rate is what lies between two looks, so the first look at a feature has none. */
@Component
class Flows {

    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final Duration SHORTEST = Duration.ofMillis(900);
    private static final double FRESH_SECONDS = 30;

    private final SideDatabases lookingDatabases;
    private final EndOffsets ends;
    private final Show show;
    private final Clock clock;
    private final Troubles troubles;
    private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();

    Flows(SideDatabases lookingDatabases, EndOffsets ends, Views views, Clock clock) {
        this.lookingDatabases = lookingDatabases;
        this.ends = ends;
        this.show = views.show();
        this.clock = clock;
        this.troubles = new Troubles(clock, show);
    }

    private record Sample(
            Instant at,
            Reading<Pulse> pulse,
            Reading<Long> end,
            @Nullable Long applied) {}

    private record Rates(
            @Nullable Double events,
            @Nullable Double logBytes,
            @Nullable Double records,
            @Nullable Double applied) {}

    Flow of(FeatureReport report) {
        var isMonoliths = report.route().writes().equals("monolith");
        var from = isMonoliths ? "monolith" : report.service();
        var to = isMonoliths ? report.service() : "monolith";
        var intakes = intakes(report, to);
        var sample = sample(report, from, intakes.value());
        var rates = rates(report.name() + from, sample);
        var relay = relay(report, from);
        var hops = new ArrayList<Hop>();
        hops.add(source(from, sample, rates));
        hops.add(slot(relay, report.relays().unknown(), rates));
        hops.add(connector(relay, report.relays().unknown(), rates));
        hops.add(topic(report, sample, rates));
        hops.add(intake(intakes, rates));
        hops.add(copy(report, to, isMonoliths ? "forward" : "back"));
        var flow = report.name() + " " + from;
        return new Flow(
                from,
                to,
                hops.stream().map(hop -> troubles.remembered(flow, hop)).toList());
    }

    private Sample sample(FeatureReport report, String from, @Nullable List<Consumer> intakes) {
        var pulse = Reading.of(() -> Pulse.of(lookingDatabases, from));
        var end = Reading.of(() -> ends.of(List.of(report.topic())).values().stream()
                .mapToLong(Long::longValue)
                .sum());
        var behind =
                intakes == null || intakes.isEmpty() ? null : intakes.get(0).behind();
        var reached = end.value();
        return new Sample(
                clock.instant(), pulse, end, reached == null || behind == null ? null : (Long) (reached - behind));
    }

    private Rates rates(String key, Sample now) {
        var kept = samples.computeIfAbsent(key, unknown -> new ArrayDeque<>());
        synchronized (kept) {
            while (!kept.isEmpty() && kept.getFirst().at().isBefore(now.at().minus(WINDOW))) {
                kept.removeFirst();
            }
            var before = kept.isEmpty() ? null : kept.getFirst();
            kept.addLast(now);
            if (before == null || Duration.between(before.at(), now.at()).compareTo(SHORTEST) < 0) {
                return new Rates(null, null, null, null);
            }
            var seconds = Duration.between(before.at(), now.at()).toMillis() / 1000.0;
            return new Rates(
                    rate(
                            before.pulse().map(Pulse::events).value(),
                            now.pulse().map(Pulse::events).value(),
                            seconds),
                    rate(
                            before.pulse().map(Pulse::logBytes).value(),
                            now.pulse().map(Pulse::logBytes).value(),
                            seconds),
                    rate(before.end().value(), now.end().value(), seconds),
                    rate(before.applied(), now.applied(), seconds));
        }
    }

    private static @Nullable Double rate(@Nullable Long before, @Nullable Long now, double seconds) {
        return before == null || now == null || now < before ? null : (Double) ((now - before) / seconds);
    }

    private Hop source(String from, Sample sample, Rates rates) {
        var trouble = sample.pulse().unknown();
        return new Hop(
                "writes",
                from,
                trouble == null ? Mark.DONE : Mark.BAD,
                show.rate(rates.events()) + " events",
                "",
                trouble == null ? "" : trouble);
    }

    private Hop slot(Optional<RelayReport> relay, @Nullable String unknown, Rates rates) {
        if (relay.isEmpty()) {
            return new Hop("log and slot", "unknown", Mark.STALE, "", "", Objects.toString(unknown, "no relay"));
        }
        var slot = relay.get().slot().value();
        var lag = relay.get().lag().value();
        var rate = rates.logBytes() == null ? "measuring" : show.bytes(Math.round(rates.logBytes())) + "/s of log";
        if (slot == null || lag == null) {
            return new Hop(
                    "log and slot",
                    slot == null ? "unknown" : slot.name(),
                    Mark.STALE,
                    rate,
                    "",
                    Objects.toString(
                            relay.get().slot().unknown(),
                            Objects.toString(relay.get().lag().unknown(), "")));
        }
        var trouble = !slot.isThere() ? "dropped" : slot.isActive() ? "" : "nobody reads it";
        return new Hop(
                "log and slot",
                slot.name(),
                trouble.isEmpty() ? Mark.DONE : Mark.BAD,
                rate,
                "%s behind, oldest event %.1f s, %s kept"
                        .formatted(show.bytes(lag.bytes()), lag.oldestSeconds(), show.bytes(slot.retainedBytes())),
                trouble);
    }

    private Hop connector(Optional<RelayReport> relay, @Nullable String unknown, Rates rates) {
        if (relay.isEmpty()) {
            return new Hop("connector", "unknown", Mark.STALE, "", "", Objects.toString(unknown, "no relay"));
        }
        var state = relay.get();
        var isRunning = state.condition().name().equals("RUNNING");
        return new Hop(
                "connector",
                state.connector(),
                isRunning ? Mark.DONE : Mark.BAD,
                show.rate(rates.records()) + " records",
                "%s; %d restarts".formatted(show.words(state.condition().name()), state.restarts()),
                isRunning ? "" : state.detail());
    }

    private Hop topic(FeatureReport report, Sample sample, Rates rates) {
        var trouble = sample.end().unknown();
        return new Hop(
                "topic",
                report.topic(),
                trouble == null ? Mark.DONE : Mark.BAD,
                show.rate(rates.records()) + " records",
                sample.end().value() == null ? "" : show.count(sample.end().value()) + " records ever",
                trouble == null ? "" : trouble);
    }

    private Hop intake(Reading<List<Consumer>> intakes, Rates rates) {
        var known = intakes.value();
        if (known == null || known.isEmpty()) {
            return new Hop(
                    "intake",
                    "unknown",
                    Mark.STALE,
                    "",
                    "",
                    Objects.toString(intakes.unknown(), "nobody reads the topic"));
        }
        var first = known.get(0);
        var parked = first.parkedKeys();
        return new Hop(
                "intake",
                first.consumer(),
                parked > 0 ? Mark.BAD : first.behind() == null ? Mark.STALE : Mark.DONE,
                show.rate(rates.applied()) + " records",
                first.behind() == null
                        ? "unknown"
                        : "%s records behind, applied %s"
                                .formatted(show.count(first.behind()), show.ago(first.appliedAt())),
                parked > 0 ? show.count(parked) + " parked keys: see events" : "");
    }

    private Hop copy(FeatureReport report, String to, String direction) {
        var data = report.data().value();
        var tracing = data == null
                ? Optional.<TracingView>empty()
                : data.tracings().stream()
                        .filter(one -> one.direction().equals(direction))
                        .findFirst();
        var trouble = tracing.map(TracingView::trouble).orElse(null);
        var age = tracing.map(TracingView::ageSeconds).orElse(null);
        return new Hop(
                "copy",
                to,
                trouble != null ? Mark.BAD : age != null && age <= FRESH_SECONDS ? Mark.DONE : Mark.STALE,
                "",
                age == null
                        ? "no marker has crossed yet"
                        : "a marker crossed in %s, %s ago"
                                .formatted(show.millis(tracing.get().roundTripMillis()), show.age(age)),
                trouble == null ? "" : trouble);
    }

    private static Optional<RelayReport> relay(FeatureReport report, String side) {
        var relays = report.relays().value();
        return relays == null
                ? Optional.empty()
                : relays.stream().filter(relay -> relay.side().equals(side)).findFirst();
    }

    private static Reading<List<Consumer>> intakes(FeatureReport report, String side) {
        return report.consumers().stream()
                .filter(consuming -> consuming.side().equals(side))
                .map(FeatureReport.Consuming::consumers)
                .findFirst()
                .orElse(new Reading<>(List.of(), null));
    }
}
