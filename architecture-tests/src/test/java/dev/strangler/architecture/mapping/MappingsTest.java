package dev.strangler.architecture.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.fixtures.mapped.Warehouse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.mapping.PersistentClass;
import org.junit.jupiter.api.Test;
import org.springframework.boot.hibernate.SpringImplicitNamingStrategy;

/** What is read from class files is what Hibernate makes of the same classes: here it is asked, without a database. */
class MappingsTest {

    private final CodeBase code = CodeBase.ofPackages("dev.strangler.architecture.fixtures.mapped");

    @Test
    void tables_are_those_of_hibernate_named_by_spring_boot() {
        var settings = Map.<String, Object>of(
                "hibernate.physical_naming_strategy", new PhysicalNamingStrategySnakeCaseImpl(),
                "hibernate.implicit_naming_strategy", new SpringImplicitNamingStrategy());
        assertThat(read(TableNaming.UNDERSCORED)).isEqualTo(hibernates(settings));
    }

    @Test
    void tables_are_those_of_hibernate_named_by_jpa() {
        assertThat(read(TableNaming.AS_WRITTEN)).isEqualTo(hibernates(Map.of()));
    }

    @Test
    void cascades_orphans_and_keys_at_the_other_end_are_read() {
        var mappings = Mappings.of(code, new Hierarchy(code), TableNaming.AS_WRITTEN);
        var item = mappings.named("Item").orElseThrow();
        assertThat(item.relations())
                .filteredOn(relation -> relation.attribute().equals("room"))
                .singleElement()
                .satisfies(relation -> assertThat(relation.cascadesStoring() && !relation.cascadesDeleting())
                        .isTrue());
        assertThat(item.relations())
                .filteredOn(relation -> relation.attribute().equals("labels"))
                .singleElement()
                .satisfies(relation -> assertThat(relation.writesTarget()).isTrue());
        assertThat(mappings.reached(item, false))
                .containsKeys("warehouse$storeroom", "warehouse$label", "item_oldnumbers");
        assertThat(mappings.reached(item, true)).doesNotContainKey("warehouse$storeroom");
    }

    /** By entity: its own tables and those of its collections. */
    private Map<String, Set<String>> read(TableNaming naming) {
        var mappings = Mappings.of(code, new Hierarchy(code), naming);
        var tables = new TreeMap<String, Set<String>>();
        for (var mapped : mappings.all()) {
            var all = new TreeSet<>(mappings.ownTables(mapped));
            mapped.relations().stream()
                    .filter(relation -> relation.table() != null)
                    .forEach(relation -> all.add(relation.table()));
            tables.put(mapped.entityName(), all);
        }
        return tables;
    }

    private static Map<String, Set<String>> hibernates(Map<String, Object> settings) {
        var registry = new StandardServiceRegistryBuilder()
                .applySetting("hibernate.boot.allow_jdbc_metadata_access", false)
                .applySetting("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
                .applySettings(settings)
                .build();
        try {
            var sources = new MetadataSources(registry);
            for (var type : Warehouse.class.getDeclaredClasses()) {
                sources.addAnnotatedClass(type);
            }
            var metadata = sources.buildMetadata();
            var tables = new TreeMap<String, Set<String>>();
            for (var entity : metadata.getEntityBindings()) {
                var all = new TreeSet<String>();
                for (PersistentClass each = entity; each != null; each = each.getSuperclass()) {
                    // With a table for each class, those above are not written.
                    if (each == entity || !(entity instanceof org.hibernate.mapping.UnionSubclass)) {
                        all.add(lower(each.getTable().getName()));
                        each.getJoins()
                                .forEach(join -> all.add(lower(join.getTable().getName())));
                    }
                }
                metadata.getCollectionBindings().stream()
                        .filter(collection -> !collection.isOneToMany() && !collection.isInverse())
                        .filter(collection -> isOf(entity, collection.getOwner()))
                        .forEach(collection ->
                                all.add(lower(collection.getCollectionTable().getName())));
                tables.put(entity.getJpaEntityName(), all);
            }
            return tables;
        } finally {
            StandardServiceRegistryBuilder.destroy(registry);
        }
    }

    private static boolean isOf(PersistentClass entity, PersistentClass owner) {
        for (PersistentClass each = entity; each != null; each = each.getSuperclass()) {
            if (each == owner) {
                return true;
            }
        }
        return false;
    }

    private static String lower(String name) {
        return name.toLowerCase(java.util.Locale.ROOT);
    }
}
