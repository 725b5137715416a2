package dev.strangler.facade.console;

import dev.strangler.cutover.Discrepancy;
import dev.strangler.cutover.OpenTransaction;
import dev.strangler.cutover.Shadows;
import dev.strangler.facade.audit.Audit;
import dev.strangler.facade.audit.Audit.Channel;
import dev.strangler.facade.console.Rail.Mark;
import dev.strangler.facade.control.DataController.ShadowView;
import dev.strangler.facade.control.DataView;
import dev.strangler.facade.control.DataView.BackfillView;
import dev.strangler.facade.control.DataView.DiscrepancyView;
import dev.strangler.facade.control.DataView.ProofView;
import dev.strangler.facade.control.DataView.TracingView;
import dev.strangler.facade.control.DataView.VerificationView;
import dev.strangler.facade.control.FeatureReport;
import dev.strangler.facade.control.FeatureReport.Acknowledging;
import dev.strangler.facade.control.FeatureReport.Consuming;
import dev.strangler.facade.control.FeatureReport.Fencing;
import dev.strangler.facade.control.FeaturesController.JournalLine;
import dev.strangler.facade.control.MovingController.Diagnosed;
import dev.strangler.facade.control.RouteView;
import dev.strangler.facade.sides.BrowsingTopics.Found;
import dev.strangler.facade.sides.BrowsingTopics.TopicRecord;
import dev.strangler.facade.sides.Consumers.Consumer;
import dev.strangler.facade.sides.ParkedKeys.ParkedKey;
import dev.strangler.facade.sides.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a feature looks like in the middle of its way, some of it written by somebody who means harm. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' \u202egnp.exe";

    private Samples() {}

    static FeatureReport report() {
        return report("assets", "dam", "monolith", 1, 100);
    }

    static FeatureReport owned() {
        return report("products", "pim", "service", 7, 100);
    }

    private static FeatureReport report(String name, String service, String writes, long epoch, int reads) {
        var copy = writes.equals("monolith") ? service : "monolith";
        return new FeatureReport(
                name,
                service,
                List.of("/api/" + name),
                List.of("Asset"),
                name + ".v1",
                new RouteView("service", reads, 0, writes, epoch, 5),
                known(List.of(new Acknowledging("facade-4711-0a1b2c3d", NOW.minusSeconds(1), 5, true))),
                known(List.of()),
                List.of(new Consuming(
                        copy,
                        known(List.of(new Consumer(
                                copy,
                                copy + "-" + name,
                                name + ".v1",
                                12L,
                                NOW.minusSeconds(2),
                                NOW.minusSeconds(2),
                                0))))),
                known(new DataView(
                        new BackfillView(
                                1,
                                "DONE",
                                "monolith",
                                "ann",
                                1_234,
                                1_234,
                                800,
                                null,
                                NOW.minusSeconds(900),
                                NOW,
                                null,
                                null),
                        proof(null),
                        List.of(new TracingView("forward", 41L, 3L, null), new TracingView("back", 55L, 4L, null)))),
                List.of(fencing("monolith", 12, known(List.of())), fencing(service, 9, known(List.of()))));
    }

    static Fencing fencing(String side, long secondsAgo, Reading<List<String>> holes) {
        return new Fencing(side, NOW.minusSeconds(secondsAgo), holes);
    }

    static FeatureReport fenced(Fencing... fences) {
        var report = report();
        return new FeatureReport(
                report.name(),
                report.service(),
                report.paths(),
                report.aggregates(),
                report.topic(),
                report.route(),
                report.instances(),
                report.relays(),
                report.consumers(),
                report.data(),
                List.of(fences));
    }

    static FeatureReport unknown() {
        return new FeatureReport(
                "assets",
                "dam",
                List.of("/api/assets"),
                List.of("Asset"),
                "assets.v1",
                new RouteView("monolith", 0, 0, "monolith", 0, 1),
                away(),
                away(),
                List.of(new Consuming("dam", away())),
                away(),
                List.of());
    }

    static <T> Reading<T> away() {
        return new Reading<>(null, "connection refused");
    }

    static Reading<VerificationView> readingUnknown() {
        return away();
    }

    static <T> Reading<T> known(T value) {
        return new Reading<>(value, null);
    }

    private static ProofView proof(String stale) {
        return new ProofView(
                "EQUAL",
                "monolith",
                1_234,
                0,
                2,
                "0/1A2B3C4",
                NOW.minusSeconds(200),
                NOW.minusSeconds(190),
                200,
                stale);
    }

    static Reading<VerificationView> verification() {
        return known(new VerificationView(
                12,
                "DONE",
                "monolith",
                "ann",
                NOW.minusSeconds(200),
                1_234,
                1_234,
                0,
                null,
                new ProofView("DIFFERENT", "monolith", 1_234, 2, 0, "0/1A2B3C4", NOW, NOW, 200, null),
                List.of(
                        new DiscrepancyView(
                                "0a1b2c3d-0000-4000-8000-000000000001",
                                "BEHIND",
                                4L,
                                3L,
                                List.of(
                                        new Discrepancy.Field("tags[0]", "\"summer\"", "\"spring\""),
                                        new Discrepancy.Field("fileName", HOSTILE, null)),
                                "snapshot",
                                "The owner says the row once more as a snapshot."),
                        new DiscrepancyView(
                                "0a1b2c3d-0000-4000-8000-000000000002",
                                "MISSING",
                                1L,
                                null,
                                List.of(),
                                "snapshot",
                                "The owner says the row once more as a snapshot."))));
    }

    static ShadowView noShadow() {
        return new ShadowView(0, Shadows.Tally.NONE, List.of());
    }

    static ShadowView shadow() {
        var tally = new Shadows.Tally(1_200, 1_190, 7, 3, 0, 0);
        return new ShadowView(
                4,
                tally,
                List.of(new Shadows.Endpoint(
                        "GET /api/assets/{id}",
                        tally,
                        Map.of("body.tags[1]", 3L),
                        List.of(new Shadows.Sample(
                                "body.tags[1]", "GET /api/assets/1", HOSTILE, "\"spring\"", NOW.minusSeconds(70))))));
    }

    static List<JournalLine> journal() {
        return List.of(
                new JournalLine(
                        3,
                        NOW.minusSeconds(300),
                        "ann",
                        HOSTILE,
                        new RouteView("canary", 25, 0, "monolith", 1, 4),
                        new RouteView("service", 100, 0, "monolith", 1, 5)),
                new JournalLine(
                        2,
                        NOW.minusSeconds(4_000),
                        "bob",
                        "compared a day",
                        new RouteView("monolith", 0, 0, "monolith", 1, 3),
                        new RouteView("canary", 25, 0, "monolith", 1, 4)));
    }

    static ParkedKey parked() {
        return parked("0a1b " + HOSTILE);
    }

    static ParkedKey parked(String id) {
        return new ParkedKey(
                "dam",
                "dam-assets",
                "assets.v1",
                1,
                4_711,
                "Asset",
                id,
                "unknown type " + HOSTILE,
                3,
                2,
                NOW.minusSeconds(400),
                null);
    }

    static Reading<Found> found() {
        return known(new Found(
                List.of(
                        new TopicRecord(
                                1,
                                4_712,
                                NOW.minusSeconds(20),
                                "0a1b2c3d-0000-4000-8000-000000000001",
                                Map.of(
                                        "type",
                                        "AssetUploaded",
                                        "origin",
                                        "monolith",
                                        "aggregateversion",
                                        "1",
                                        "id",
                                        "monolith-Asset-1-v1"),
                                "{\"fileName\": \"" + HOSTILE + "\"}"),
                        new TopicRecord(0, 12, NOW.minusSeconds(90), HOSTILE, Map.of(), null)),
                5_321,
                true));
    }

    static List<Audit.Line> acts() {
        var line = "./strangler cutover assets --why 'proven'";
        var asked = new Audit.Asked(Channel.CONSOLE, "ann", "switcher", "cutover", "assets", line);
        return List.of(
                new Audit.Line(
                        9, NOW.minusSeconds(5), asked, Audit.Outcome.DONE, "op-9: done; nobody could write for 38 ms."),
                new Audit.Line(8, NOW.minusSeconds(6), asked, Audit.Outcome.ASKED, ""),
                new Audit.Line(
                        7,
                        NOW.minusSeconds(60),
                        new Audit.Asked(
                                Channel.API,
                                HOSTILE,
                                "switcher",
                                "seal",
                                "assets",
                                "POST /control/features/assets/seal {\"who\":\"" + HOSTILE + "\"}"),
                        Audit.Outcome.REFUSED,
                        "The monolith never writes it again, and nothing takes that back."));
    }

    static Flow flow() {
        return new Flow(
                "monolith",
                "dam",
                List.of(
                        new Flow.Hop("writes", "monolith", Mark.DONE, "3.2/s events", "", ""),
                        new Flow.Hop(
                                "log and slot",
                                "monolith_outbox",
                                Mark.DONE,
                                "42 kB/s of log",
                                "1,024 B behind, oldest event 0.1 s, 16 MB kept",
                                ""),
                        new Flow.Hop(
                                "connector", "monolith-outbox", Mark.DONE, "3.1/s records", "running; 0 restarts", ""),
                        new Flow.Hop("topic", "assets.v1", Mark.DONE, "3.1/s records", "12,345 records ever", "")
                                .remembering("last error 4 min ago: broker away " + HOSTILE),
                        new Flow.Hop(
                                "intake",
                                "dam-assets",
                                Mark.BAD,
                                "0.0/s records",
                                "12 records behind, applied 40 s ago",
                                "2 parked keys: see events " + HOSTILE),
                        new Flow.Hop("copy", "dam", Mark.STALE, "", "a marker crossed in 41 ms, 44 s ago", "")));
    }

    static Reading<Diagnosed> doctor() {
        return known(new Diagnosed(
                "assets",
                "PREPARED",
                "SOUND",
                "The monolith writes, under epoch 1.",
                "NOTHING",
                "monolith",
                List.of("The fence of the monolith is open.", HOSTILE)));
    }

    static Reading<List<OpenTransaction>> sessions() {
        return known(List.of(new OpenTransaction(
                4_711,
                "monolith",
                "nightly-batch",
                "127.0.0.1",
                Duration.ofSeconds(90),
                "idle in transaction",
                "update asset set file_name = '" + HOSTILE + "'")));
    }
}
