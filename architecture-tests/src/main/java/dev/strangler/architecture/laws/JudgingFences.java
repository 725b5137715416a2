package dev.strangler.architecture.laws;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.database.Catalog.FencedFeature;
import dev.strangler.architecture.database.Catalog.Trigger;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges that fences are whole where there are any: W12; and that the outbox takes each feature's own events only: W14. */
final class JudgingFences {

    private static final Set<String> ALL = Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");
    private static final String OUTBOX = "strangler.outbox";

    private final Owners owners;
    private final Catalog catalog;
    private final Findings findings;

    JudgingFences(Owners owners, Catalog catalog, Findings findings) {
        this.owners = owners;
        this.catalog = catalog;
        this.findings = findings;
    }

    void judge() {
        for (var fence : catalog.fences()) {
            for (var table : catalog.tables()) {
                if (owners.tables().getOrDefault(fence.feature(), Set.of()).contains(table.root())) {
                    fenced(fence, table);
                }
            }
            aggregates(fence);
        }
        if (catalog.outbox() && !catalog.fences().isEmpty()) {
            catalog.tables().stream()
                    .filter(table -> table.root().equals(OUTBOX))
                    .forEach(this::outbox);
        }
        catalog.triggers().stream()
                .filter(trigger -> trigger.enabled() == 'D' && !trigger.name().equals("strangler_fence"))
                .forEach(this::silenced);
    }

    private void fenced(FencedFeature fence, Catalog.Table table) {
        var trigger = triggerOf(table.name(), fence.guard());
        var hole = hole(trigger);
        if (hole != null) {
            findings.add(
                    Law.W12,
                    fence.feature(),
                    table.name() + " fence",
                    hole,
                    "Table %s of %s %s. %s Run: select strangler.fence_table('%s', '%s'); Or, if this must wait, add the line to exceptions/%s.txt:"
                            .formatted(
                                    table.name(),
                                    fence.feature(),
                                    hole,
                                    Law.W12.why(),
                                    fence.feature(),
                                    table.root(),
                                    fence.feature()));
        }
    }

    private static @Nullable String hole(@Nullable Trigger fence) {
        if (fence == null) {
            return "has no fence, though its feature is fenced";
        }
        if (fence.enabled() == 'D') {
            return "has a fence that is disabled";
        }
        if (fence.enabled() != 'A') {
            return "has a fence that sessions with session_replication_role pass by";
        }
        return fence.events().containsAll(ALL) && fence.isPerStatement()
                ? null
                : "has a fence that covers some writes only";
    }

    private @Nullable Trigger triggerOf(String table, String routine) {
        return catalog.triggers().stream()
                .filter(trigger ->
                        trigger.table().equals(table) && trigger.routine().equals(routine))
                .findFirst()
                .orElse(null);
    }

    private void aggregates(FencedFeature fence) {
        if (!owners.tables().containsKey(fence.feature())) {
            return;
        }
        var expected = new TreeSet<>(owners.aggregates(fence.feature()));
        var actual = new TreeSet<>(fence.aggregates());
        if (!expected.equals(actual)) {
            outbox(
                    fence.feature(),
                    "aggregates of " + fence.feature(),
                    String.join(",", actual),
                    ("The fence of %s guards events of %s, the map gives it %s. Migration to add: select strangler.fence_feature('%s', …, array['%s']);")
                            .formatted(
                                    fence.feature(), actual, expected, fence.feature(), String.join("', '", expected)));
        }
    }

    private void outbox(Catalog.Table part) {
        var guard = triggerOf(part.name(), "strangler.fence_outbox");
        if (guard == null || guard.enabled() != 'A') {
            outbox(
                    Finding.UNASSIGNED,
                    part.name() + " guard",
                    "",
                    "Table %s %s, so events of a feature that has moved are still published from here. Run: select strangler.fence_make_outbox_guard();"
                            .formatted(
                                    part.name(),
                                    guard == null
                                            ? "has no guard of its events"
                                            : "has a guard that is not always on"));
        }
    }

    private void outbox(String feature, String identity, String by, String message) {
        findings.add(
                Law.W14,
                feature,
                identity,
                by,
                "%s %s Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(message, Law.W14.why(), feature));
    }

    private void silenced(Trigger trigger) {
        var feature = owners.ofTable(catalog.rootOf(trigger.table())).orElse(Finding.UNASSIGNED);
        findings.add(
                Law.W12,
                feature,
                trigger.table() + " trigger " + trigger.name(),
                "",
                "Trigger %s of %s is disabled: somebody switched it off and did not switch it on again. Run: alter table %s enable trigger %s; or drop it. Line for exceptions/%s.txt:"
                        .formatted(trigger.name(), trigger.table(), trigger.table(), trigger.name(), feature));
    }
}
