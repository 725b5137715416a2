package dev.strangler.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;

/**
 * Laws of the single writer: at any moment at most one side may write a feature, and on each side only the feature's own code does.
 * Judged by the feature map; the classes to check are those of one side.
 */
public final class SingleWriterLaws {

    private final TableOwners owners;

    private SingleWriterLaws(TableOwners owners) {
        this.owners = owners;
    }

    /** The laws for the monolith's classes. */
    public static SingleWriterLaws forMonolith(FeatureMap map) {
        return new SingleWriterLaws(TableOwners.of(map.features(), Side.MONOLITH));
    }

    /**
     * The laws for the classes of a service.
     *
     * @param service its name in the map
     */
    public static SingleWriterLaws forService(FeatureMap map, String service) {
        var owned = map.features().stream()
                .filter(feature -> feature.service().equals(service))
                .toList();
        if (owned.isEmpty()) {
            throw new IllegalArgumentException(
                    "No feature of the map belongs to service '%s', so the law would judge nothing. Services: %s."
                            .formatted(service, map.services().keySet()));
        }
        return new SingleWriterLaws(TableOwners.of(owned, Side.SERVICE));
    }

    /**
     * SQL that writes a table of a feature stands in the feature's packages. Reads text constants and concatenations in the class files;
     * SQL put together at run time is beyond it.
     */
    public ArchRule sql_writes_its_own_tables() {
        return classes()
                .should(new WriteOwnTablesBySql(owners))
                .because("a table has one writer: call the owning feature, or move the statement there");
    }

    /** JPA entities, join tables and collection tables that map a table of a feature stand in the feature's packages. */
    public ArchRule entities_map_their_own_tables() {
        return classes()
                .should(new MapOwnTables(owners))
                .because(
                        "whoever maps a table may write it at any flush: keep the identifier and ask the owning feature");
    }

    /** Events of a feature's aggregates are appended by the feature's packages, so that its topic has one writer. */
    public ArchRule events_are_appended_by_their_owner() {
        return classes()
                .should(new AppendOwnAggregates(owners))
                .because("a topic tells one total story per aggregate only while one feature writes it:"
                        + " call the owning feature, and let it append its event");
    }

    /** Nothing is appended here at all: the law of a side that owns no feature yet. */
    public static ArchRule appends_no_events() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(AppendOwnAggregates.EVENT)
                .because("a side that owns no feature must not write its topic: send the change to the owner");
    }
}
