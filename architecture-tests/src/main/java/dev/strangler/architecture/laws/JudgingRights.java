package dev.strangler.architecture.laws;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.database.Catalog.Grant;
import dev.strangler.architecture.database.Catalog.Role;
import dev.strangler.cutover.OwnedDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges that every role may do what the map says, no more and no less: W13; and that none goes around the fence: W12. */
final class JudgingRights {

    private static final Set<String> OF_APPLIER = Set.of("INSERT", "UPDATE", "DELETE");

    private final Owners owners;
    private final OwnedDatabase database;
    private final Catalog catalog;
    private final Findings findings;

    JudgingRights(Owners owners, OwnedDatabase database, Catalog catalog, Findings findings) {
        this.owners = owners;
        this.database = database;
        this.catalog = catalog;
        this.findings = findings;
    }

    void judge() {
        catalog.roles().forEach(this::role);
        catalog.grants().forEach(this::more);
        catalog.fences().forEach(this::lessForApplier);
        if (catalog.outbox()) {
            reads(database.relay().name(), "strangler.outbox");
            reads(database.verifier().name(), "strangler.outbox");
            catalog.fences()
                    .forEach(fence -> reads(
                            database.verifier().name(),
                            "strangler." + fence.feature().replace('-', '_') + "_state"));
        }
    }

    private void role(Role role) {
        var tableOwners = new TreeSet<String>();
        catalog.tables().stream()
                .filter(table -> owners.ofTable(table.root()).isPresent() && !DatabaseLaws.isOfKit(table.root()))
                .forEach(table -> tableOwners.add(table.owner()));
        for (var owner : tableOwners) {
            if (role.canBecome().contains(owner)) {
                around(
                        role.name() + " member of " + owner,
                        "Role %s can become %s, the owner of tables, whom neither grants nor fences bind."
                                .formatted(role.name(), owner),
                        "revoke %s from %s".formatted(owner, role.name()));
            }
        }
        if (role.canBecome().contains("pg_write_all_data")) {
            around(
                    role.name() + " writes all data",
                    "Role %s may write every table, as a member of pg_write_all_data.".formatted(role.name()),
                    "revoke pg_write_all_data from " + role.name());
        }
        if (role.isUnguarded()) {
            around(
                    role.name() + " bypassrls",
                    "Role %s is not bound by row-level security.".formatted(role.name()),
                    "alter role %s nobypassrls".formatted(role.name()));
        }
        if (role.maySilenceTriggers()) {
            around(
                    role.name() + " session_replication_role",
                    "Role %s may set session_replication_role, which silences triggers.".formatted(role.name()),
                    "revoke set on parameter session_replication_role from " + role.name());
        }
    }

    private void around(String identity, String fact, String wayOut) {
        findings.add(
                Law.W12,
                Finding.UNASSIGNED,
                identity,
                "",
                "%s %s Run as an administrator: %s; Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(fact, Law.W12.why(), wayOut, Finding.UNASSIGNED));
    }

    private void more(Grant grant) {
        var feature = owners.ofTable(catalog.rootOf(grant.table())).orElse(null);
        if (feature == null
                || grant.verb().equals("SELECT")
                || DatabaseLaws.isOfKit(grant.table())
                || catalog.view(grant.table()).isPresent()) {
            return;
        }
        boolean isApplier = applierOf(feature).filter(grant.role()::equals).isPresent();
        if (isApplier && OF_APPLIER.contains(grant.verb()) || isHeldByWhomItIsReportedFor(grant)) {
            return;
        }
        var columns = grant.columns().isEmpty() ? "" : "(" + String.join(", ", grant.columns()) + ") ";
        findings.add(
                Law.W13,
                feature,
                "%s %s%s %s"
                        .formatted(
                                grant.role(),
                                grant.verb(),
                                columns.replaceAll("[ )]", "").replace('(', ':'),
                                grant.table()),
                "",
                "Role %s may %s %son %s (owner: %s). Expected: nothing but SELECT. %s Run: revoke %s %son %s from %s; Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(
                                grant.role(),
                                grant.verb(),
                                columns,
                                grant.table(),
                                feature,
                                Law.W13.why(),
                                grant.verb().toLowerCase(java.util.Locale.ROOT),
                                columns,
                                grant.table(),
                                grant.role(),
                                feature));
    }

    /** What comes with being the owner, or with another role that is a finding of its own, is said once. */
    private boolean isHeldByWhomItIsReportedFor(Grant grant) {
        var owner = catalog.table(grant.table()).map(Catalog.Table::owner).orElse("");
        return grant.role().equals(database.owner().name())
                || catalog.roles().stream()
                        .filter(role -> role.name().equals(grant.role()))
                        .anyMatch(role -> role.canBecome().contains(owner)
                                || role.canBecome().contains("pg_write_all_data"));
    }

    private Optional<String> applierOf(String feature) {
        return catalog.fences().stream()
                .filter(fence -> fence.feature().equals(feature))
                .map(Catalog.FencedFeature::applier)
                .findFirst();
    }

    private void lessForApplier(Catalog.FencedFeature fence) {
        for (var table : owners.tables().getOrDefault(fence.feature(), Set.of()).stream()
                .sorted()
                .toList()) {
            if (catalog.table(table).isPresent()) {
                for (var verb : List.of("SELECT", "INSERT", "UPDATE", "DELETE")) {
                    if (!may(fence.applier(), table, verb)) {
                        less(
                                fence.feature(),
                                fence.applier(),
                                verb,
                                table,
                                "select strangler.applier_table('%s', '%s')".formatted(table, fence.applier()));
                    }
                }
            }
        }
    }

    private void reads(String role, String relation) {
        boolean isThere =
                catalog.table(relation).isPresent() || catalog.view(relation).isPresent();
        if (isThere && !role.equals(database.owner().name()) && !may(role, relation, "SELECT")) {
            less(Finding.UNASSIGNED, role, "SELECT", relation, "grant select on %s to %s".formatted(relation, role));
        }
    }

    private boolean may(String role, String table, String verb) {
        return catalog.table(table).filter(found -> found.owner().equals(role)).isPresent()
                || catalog.grants().stream()
                        .anyMatch(grant -> grant.role().equals(role)
                                && grant.table().equals(table)
                                && grant.verb().equals(verb)
                                && grant.columns().isEmpty());
    }

    private void less(String feature, String role, String verb, String table, String wayOut) {
        findings.add(
                Law.W13,
                feature,
                "%s lacks %s %s".formatted(role, verb, table),
                "",
                "Role %s may not %s %s, which by the map is its work. %s Run: %s; Or, if this must wait, add the line to exceptions/%s.txt:"
                        .formatted(role, verb, table, Law.W13.why(), wayOut, feature));
    }
}
