package dev.strangler.architecture.mapping;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.code.Hierarchy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The classes of which each stands for one table, as jOOQ generates them: tables, records and DAOs. A table says its name, and a record or DAO
 * its table, in a constructor.
 */
public final class TypedTables {

    private static final String TABLE = "org/jooq/impl/TableImpl";
    private static final Set<String> OF_ROWS =
            Set.of("org/jooq/impl/TableRecordImpl", "org/jooq/impl/UpdatableRecordImpl", "org/jooq/impl/DAOImpl");

    private final Hierarchy hierarchy;
    private final Map<String, String> tables = new HashMap<>();

    TypedTables(CodeBase code, Hierarchy hierarchy) {
        this.hierarchy = hierarchy;
        var below = code.classes().stream()
                .filter(type -> hierarchy.isA(type.name(), TABLE))
                .toList();
        below.forEach(type -> keep(type, names(type)));
        if (!tables.isEmpty()) {
            code.classes().stream()
                    .filter(type -> OF_ROWS.stream().anyMatch(base -> hierarchy.isA(type.name(), base)))
                    .forEach(type -> keep(type, mentioned(type)));
        }
    }

    /** The table that objects of this class stand for or hold rows of; null if it is none of these classes, or its table can't be read. */
    public @Nullable String of(@Nullable String type) {
        if (type == null || tables.isEmpty()) {
            return null;
        }
        for (var above : hierarchy.upwards(type)) {
            var table = tables.get(above);
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    private void keep(CodeClass type, Set<String> found) {
        if (found.size() == 1) {
            tables.put(type.name(), found.iterator().next());
        }
    }

    /** What its constructor without arguments hands on as its name, before fields are given theirs. */
    private static Set<String> names(CodeClass type) {
        for (var constructor : constructors(type)) {
            for (var instruction : constructor.instructions) {
                if (constructor.desc.equals("()V")
                        && instruction instanceof LdcInsnNode constant
                        && constant.cst instanceof String text
                        && constant.getNext() instanceof MethodInsnNode call
                        && call.owner.equals("org/jooq/impl/DSL")
                        && call.name.equals("name")) {
                    return Set.of(text);
                }
            }
        }
        return Set.of();
    }

    private Set<String> mentioned(CodeClass type) {
        var mentioned = new TreeSet<String>();
        for (var constructor : constructors(type)) {
            for (var instruction : constructor.instructions) {
                if (instruction instanceof FieldInsnNode field && field.getOpcode() == Opcodes.GETSTATIC) {
                    var table = of(Type.getType(field.desc).getInternalName());
                    if (table != null) {
                        mentioned.add(table);
                    }
                }
            }
        }
        return mentioned;
    }

    private static Iterable<MethodNode> constructors(CodeClass type) {
        return type.methodsWithCode().stream().filter(method -> method.name.equals("<init>"))::iterator;
    }
}
