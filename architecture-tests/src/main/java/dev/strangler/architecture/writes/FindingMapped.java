package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.mapping.MappedClass;
import dev.strangler.architecture.mapping.Mappings;
import dev.strangler.architecture.mapping.Relation;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.sql.Verb;
import java.util.Set;

/** Finds what mappings write beyond the row of their class: once for each attribute, at the class that declares it. */
final class FindingMapped {

    private final Mappings mappings;
    private final Statements statements;
    private final Facts facts;

    FindingMapped(Mappings mappings, Statements statements, Facts facts) {
        this.mappings = mappings;
        this.statements = statements;
        this.facts = facts;
    }

    void find() {
        for (var mapped : mappings.all()) {
            mapped.relations().stream()
                    .filter(relation -> isFirstToDeclare(mapped, relation))
                    .forEach(relation -> facts.together(() -> relation(mapped, relation)));
            mapped.statements().forEach((kind, text) -> facts.together(() -> replaced(mapped, kind, text)));
        }
    }

    /** An inherited attribute is told at the root of the mapped classes. */
    private boolean isFirstToDeclare(MappedClass mapped, Relation relation) {
        return mappings.find(mapped.parent())
                .map(parent -> parent.relations().stream()
                        .noneMatch(inherited -> inherited.attribute().equals(relation.attribute())))
                .orElse(true);
    }

    private void relation(MappedClass mapped, Relation relation) {
        var place = Place.at(mapped.type(), relation.attribute());
        var table = relation.table();
        if (table != null) {
            facts.match(Channel.LINK_TABLE);
            facts.write(place, Verb.SAVE, table, Channel.LINK_TABLE, relation.told(), true);
        }
        if (relation.target() == null) {
            return;
        }
        for (var other : mappings.possible(relation.target())) {
            cascades(place, relation, mappings.tablesBelow(other), false);
            cascades(place, relation, mappings.ownTables(other), true);
            for (var reached : mappings.ownTables(other)) {
                if (relation.writesTarget()) {
                    facts.match(Channel.LINK_TABLE);
                    facts.write(
                            place,
                            Verb.UPDATE,
                            reached,
                            Channel.LINK_TABLE,
                            relation.told() + " keeps its key there",
                            true);
                }
            }
        }
    }

    private void cascades(Place place, Relation relation, Set<String> tables, boolean isCertain) {
        for (var reached : tables) {
            if (relation.cascadesStoring()) {
                facts.match(Channel.CASCADE);
                facts.write(
                        place, Verb.SAVE, reached, Channel.CASCADE, relation.told() + " cascades storing", isCertain);
            }
            if (relation.cascadesDeleting()) {
                facts.match(Channel.CASCADE);
                facts.write(
                        place,
                        Verb.DELETE,
                        reached,
                        Channel.CASCADE,
                        relation.told() + " cascades deleting",
                        isCertain);
            }
        }
    }

    private void replaced(MappedClass mapped, String kind, String text) {
        facts.match(Channel.REPLACED_STATEMENT);
        var place = Place.at(mapped.type(), kind);
        var reading = statements.sql(text);
        reading.writes().forEach(write -> facts.sql(place, write, Channel.REPLACED_STATEMENT, text));
        reading.unreadable().forEach(reason -> facts.unreadable(place, Channel.REPLACED_STATEMENT, text, reason));
    }
}
