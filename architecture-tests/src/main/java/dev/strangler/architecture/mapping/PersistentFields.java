package dev.strangler.architecture.mapping;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.code.Hierarchy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;

/** The fields that a mapper stores: of mapped classes, their mapped superclasses and what is embedded in them. */
public final class PersistentFields {

    private static final Set<String> COLLECTIONS = Set.of(
            "Ljava/util/Collection;",
            "Ljava/util/List;",
            "Ljava/util/Set;",
            "Ljava/util/Map;",
            "Ljava/util/SortedSet;",
            "Ljava/util/SortedMap;");

    private final CodeBase code;
    private final Hierarchy hierarchy;
    private final Map<String, Set<String>> stored = new HashMap<>();

    PersistentFields(CodeBase code, Hierarchy hierarchy) {
        this.code = code;
        this.hierarchy = hierarchy;
        code.classes().stream().filter(PersistentFields::isOfJpa).forEach(type -> addAll(type.name()));
    }

    private static boolean isOfJpa(CodeClass type) {
        var annotations = type.annotations();
        return annotations.have("persistence/Entity")
                || annotations.have("persistence/MappedSuperclass")
                || annotations.have("persistence/Embeddable");
    }

    /** Counts a class that a mapping file names. */
    void addAll(String type) {
        var read = code.find(type);
        if (read != null) {
            stored.put(
                    type,
                    read.fields().stream()
                            .filter(field -> (field.access & (Opcodes.ACC_STATIC | Opcodes.ACC_TRANSIENT)) == 0)
                            .filter(field -> !CodeClass.annotations(field).have("persistence/Transient"))
                            .map(field -> field.name)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** Whether the class holds stored fields of its own or by inheritance. */
    public boolean isStored(String type) {
        return hierarchy.upwards(type).stream().anyMatch(stored::containsKey);
    }

    /** Whether writing this field of this class, or of one that it extends, changes a row. */
    public boolean isStored(String type, String field) {
        return hierarchy.upwards(type).stream()
                .anyMatch(above -> stored.getOrDefault(above, Set.of()).contains(field));
    }

    /** Whether this field of this class holds many. */
    public boolean isCollection(String type, String field) {
        var read = code.find(type);
        return read != null && read.fields().stream().anyMatch(one -> one.name.equals(field) && isCollection(one.desc));
    }

    /** Whether a field of that descriptor holds many: changing what it holds changes rows without writing the field. */
    public static boolean isCollection(String descriptor) {
        return COLLECTIONS.contains(descriptor);
    }
}
