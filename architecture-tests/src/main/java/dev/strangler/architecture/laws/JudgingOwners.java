package dev.strangler.architecture.laws;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.cutover.OwnedDatabase;

/** Judges that the map and the database know the same tables, and who owns them: W0, and W12 where an owner is somebody else. */
final class JudgingOwners {

    private final Owners owners;
    private final OwnedDatabase database;
    private final Catalog catalog;
    private final Findings findings;

    JudgingOwners(Owners owners, OwnedDatabase database, Catalog catalog, Findings findings) {
        this.owners = owners;
        this.database = database;
        this.catalog = catalog;
        this.findings = findings;
    }

    void judge() {
        for (var table : catalog.tables()) {
            var feature = owners.ofTable(table.root()).orElse(null);
            if (DatabaseLaws.isOfKit(table.root()) || JudgingTables.OF_FRAMEWORKS.contains(table.root())) {
                continue;
            }
            if (feature == null) {
                if (!table.isPartition()) {
                    unmapped(table);
                }
            } else if (!table.owner().equals(database.owner().name())) {
                ownedByAnother(table, feature);
            }
        }
        owners.tables()
                .forEach((feature, tables) -> tables.stream().sorted().forEach(table -> {
                    if (owners.state(feature) != State.SEALED
                            && catalog.table(table).isEmpty()) {
                        findings.add(
                                Law.W0,
                                feature,
                                table + " missing",
                                "",
                                "The map gives table %s to %s, but database %s has none of that name. %s Correct the map, or migrate the database. Line for exceptions/%s.txt:"
                                        .formatted(table, feature, catalog.database(), Law.W0.why(), feature));
                    }
                }));
    }

    private void unmapped(Catalog.Table table) {
        findings.add(
                Law.W0,
                Finding.UNASSIGNED,
                table.name(),
                "",
                ("Table %s is in database %s and in no feature of the map. %s Add it to the tables of its feature in strangler.yml; or, if it stays on"
                                + " this side for good, say so in exceptions/%s.txt:")
                        .formatted(table.name(), catalog.database(), Law.W0.why(), Finding.UNASSIGNED));
    }

    private void ownedByAnother(Catalog.Table table, String feature) {
        findings.add(
                Law.W12,
                feature,
                table.name() + " owner " + table.owner(),
                "",
                ("Table %s of %s belongs to role %s, by the map to %s. An owner passes grants and may take the fence away. Run as an administrator: alter table"
                                + " %s owner to %s; Or, if this must wait, add the line to exceptions/%s.txt:")
                        .formatted(
                                table.name(),
                                feature,
                                table.owner(),
                                database.owner().name(),
                                table.name(),
                                database.owner().name(),
                                feature));
    }
}
