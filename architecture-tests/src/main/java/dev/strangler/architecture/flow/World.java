package dev.strangler.architecture.flow;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.mapping.Mappings;
import dev.strangler.architecture.mapping.PersistentFields;
import dev.strangler.architecture.sql.Holes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Runs over the methods of a code base, and remembers what fields hold and methods return. For one thread; several share a code base. */
public final class World {

    /** How far a text is followed through methods that return it. */
    private static final int DEEPEST = 4;

    /** Beyond these overriding methods too many texts are possible to tell them apart. */
    private static final int MOST_ANSWERS = 8;

    private final CodeBase code;
    private final Hierarchy hierarchy;
    private final Mappings mappings;
    private final Map<String, Map<String, Set<String>>> fieldTexts = new HashMap<>();
    private final Map<MethodId, Known> returned = new HashMap<>();
    private final Map<String, Map<String, MethodNode>> bodies = new HashMap<>();
    private final Set<Object> underWay = new HashSet<>();
    /** How often something was asked for that was just being found out: what came of it then is not the whole. */
    private int cuts;

    /** The world of one code base. */
    public World(CodeBase code, Hierarchy hierarchy, Mappings mappings) {
        this.code = code;
        this.hierarchy = hierarchy;
        this.mappings = mappings;
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    boolean isStoredCollection(String owner, String field, String descriptor) {
        return PersistentFields.isCollection(descriptor) && mappings.fields().isStored(owner, field);
    }

    /**
     * What the methods of a class do. A method whose bytecode can't be followed is reported instead of being passed over.
     *
     * @param trouble is told the method and the reason
     */
    public List<Flow> flows(CodeClass type, BiConsumer<MethodId, String> trouble) {
        var flows = new ArrayList<Flow>();
        for (var method : type.methodsWithCode()) {
            if (doesAnything(method)) {
                try {
                    flows.add(flow(type.name(), method, 0));
                } catch (AnalyzerException | RuntimeException failure) {
                    trouble.accept(
                            new MethodId(type.name(), method.name, method.desc), String.valueOf(failure.getMessage()));
                }
            }
        }
        return flows;
    }

    /** What neither calls nor assigns to a field has nothing to tell, and is worth no analysis: getters, as a rule. */
    private static boolean doesAnything(MethodNode method) {
        for (var instruction : method.instructions) {
            switch (instruction.getType()) {
                case AbstractInsnNode.METHOD_INSN, AbstractInsnNode.INVOKE_DYNAMIC_INSN -> {
                    return true;
                }
                case AbstractInsnNode.FIELD_INSN -> {
                    if (instruction.getOpcode() == Opcodes.PUTFIELD || instruction.getOpcode() == Opcodes.PUTSTATIC) {
                        return true;
                    }
                }
                default -> {
                    // it only computes
                }
            }
        }
        return false;
    }

    private Flow flow(String type, MethodNode method, int depth) throws AnalyzerException {
        var pieces = new Pieces(method);
        var frames = run(type, method, depth, pieces);
        if (!pieces.isEmpty()) {
            // Now that every piece of the builders is known, what they come to is known too.
            frames = run(type, method, depth, pieces);
        }
        return new ReadingFrames(this, type, method, frames).read();
    }

    private Frame<Known>[] run(String type, MethodNode method, int depth, Pieces pieces) throws AnalyzerException {
        var following = new Following(this, depth, pieces) {
            @Override
            public Known newParameterValue(boolean isInstance, int local, Type parameter) {
                return parameterAt(method, isInstance, local, parameter);
            }
        };
        return new Analyzer<>(following).analyze(type, method);
    }

    /** An object of that class; of one that stands for a table, its name is known with it. */
    Known ofType(String type) {
        var table = mappings.typed().of(type);
        return table == null ? Known.ofType(type) : Known.text(table).as(type);
    }

    private Known parameterAt(MethodNode method, boolean isInstance, int local, Type type) {
        if (type.getSort() != Type.OBJECT && type.getSort() != Type.ARRAY) {
            return type.getSize() == 2 ? Known.WIDE : Known.NOTHING;
        }
        if (mappings.typed().of(type.getInternalName()) != null) {
            return ofType(type.getInternalName());
        }
        if (isInstance && local == 0) {
            return Known.parameter(type.getInternalName(), Known.THIS);
        }
        int slot = isInstance ? 1 : 0;
        int index = 0;
        for (var each : Type.getArgumentTypes(method.desc)) {
            if (slot == local) {
                return Known.parameter(type.getInternalName(), index);
            }
            slot += each.getSize();
            index++;
        }
        return Known.ofType(type.getInternalName());
    }

    /** The texts that a field of type String is given anywhere; empty if it is not of this code base or not known. */
    Set<String> textsOf(String owner, String field, int depth) {
        var read = code.find(declaring(owner, field));
        if (read == null || depth > DEEPEST) {
            return Set.of();
        }
        var known = fieldTexts.get(read.name());
        if (known == null) {
            if (!underWay.add(read.name())) {
                cuts++;
                return Set.of();
            }
            known = fieldTexts(read, depth + 1);
            fieldTexts.put(read.name(), known);
            underWay.remove(read.name());
        }
        return known.getOrDefault(field, Set.of());
    }

    private @Nullable String declaring(String owner, String field) {
        return hierarchy.upwards(owner).stream()
                .filter(type -> {
                    var read = code.find(type);
                    return read != null && read.fields().stream().anyMatch(one -> one.name.equals(field));
                })
                .findFirst()
                .orElse(null);
    }

    private Map<String, Set<String>> fieldTexts(CodeClass type, int depth) {
        var texts = new HashMap<String, Set<String>>();
        type.fields().stream()
                .filter(field -> field.value instanceof String)
                .forEach(field -> texts.put(field.name, Set.of((String) field.value)));
        var open = type.fields().stream()
                .filter(field -> field.desc.equals("Ljava/lang/String;") && field.value == null)
                .toList();
        if (open.isEmpty()) {
            return texts;
        }
        boolean isOthersToo =
                open.stream().anyMatch(field -> (field.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)) == 0);
        for (var assigning : isOthersToo ? assigning(type) : List.of(type)) {
            try {
                assigned(type, assigning, texts, depth);
            } catch (AnalyzerException | RuntimeException failure) {
                texts.clear();
                return texts;
            }
        }
        return texts;
    }

    /** Who may assign to the class's fields: itself, those below it, and those that mention it. */
    private Set<CodeClass> assigning(CodeClass type) {
        var assigning = new LinkedHashSet<CodeClass>();
        assigning.add(type);
        hierarchy.downwards(type.name()).stream()
                .map(code::find)
                .filter(Objects::nonNull)
                .forEach(assigning::add);
        assigning.addAll(code.mentioning(type.name()));
        return assigning;
    }

    private void assigned(CodeClass type, CodeClass assigning, Map<String, Set<String>> texts, int depth)
            throws AnalyzerException {
        for (var method : assigning.methodsWithCode()) {
            if (assignsText(type.name(), method)) {
                flow(assigning.name(), method, depth).fieldWrites().stream()
                        .filter(write -> type.name().equals(declaring(write.owner(), write.field())))
                        .forEach(write -> texts.merge(write.field(), fieldText(write), World::both));
            }
        }
    }

    private boolean assignsText(String type, MethodNode method) {
        for (var instruction : method.instructions) {
            if (instruction instanceof FieldInsnNode field
                    && (field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC)
                    && field.desc.equals("Ljava/lang/String;")
                    && type.equals(declaring(field.owner, field.name))) {
                return true;
            }
        }
        return false;
    }

    /** What the parameter of a constructor brings is not known where the field is read. */
    private static Set<String> fieldText(FieldWrite write) {
        var texts = new LinkedHashSet<String>();
        write.value().possibleTexts().forEach(text -> texts.add(Holes.hasParameter(text) ? unknown(text) : text));
        return texts;
    }

    private static String unknown(String text) {
        var changed = new StringBuilder();
        text.chars().forEach(c -> changed.append(Holes.isParameter(c) ? Holes.UNKNOWN : (char) c));
        return changed.toString();
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** What is known of the outcome of a call beyond its declared type. */
    Known returnedBy(MethodInsnNode call, @Nullable Known receiver, Known declared, int depth) {
        boolean mayBeText =
                "java/lang/String".equals(declared.type()) || "java/lang/CharSequence".equals(declared.type());
        if (depth < DEEPEST && mappings.find(declared.type()).isPresent()) {
            return isMade(call, receiver, depth) ? Known.fresh(String.valueOf(declared.type()), null) : declared;
        }
        boolean mayBePart = declared.type() != null && PersistentFields.isCollection("L" + declared.type() + ";");
        if (!mayBeText && !mayBePart || depth >= DEEPEST) {
            return declared;
        }
        if (mayBePart && !mappings.fields().isStored(call.owner)) {
            return declared;
        }
        var answering = answering(call, receiver);
        if (answering.isEmpty() || answering.size() > MOST_ANSWERS) {
            return declared;
        }
        var outcomes = answering.stream()
                .map(id -> outcome(id, depth + 1))
                .filter(Objects::nonNull)
                .toList();
        return mayBePart ? part(declared, outcomes) : text(declared, outcomes);
    }

    /** Whether whoever may answer gives back what it has just constructed, as factories and builders do. */
    private boolean isMade(MethodInsnNode call, @Nullable Known receiver, int depth) {
        var answering = answering(call, receiver);
        return !answering.isEmpty()
                && answering.size() <= MOST_ANSWERS
                && answering.stream()
                        .map(id -> outcome(id, depth + 1))
                        .allMatch(made -> made != null && made.isFresh());
    }

    private static Known part(Known declared, List<Known> outcomes) {
        return outcomes.stream()
                .map(Known::part)
                .filter(Objects::nonNull)
                .findFirst()
                .map(declared::partOf)
                .orElse(declared);
    }

    private static Known text(Known declared, List<Known> outcomes) {
        var texts = new LinkedHashSet<String>();
        for (var outcome : outcomes) {
            outcome.possibleTexts()
                    .forEach(text -> texts.add(Holes.hasParameter(text) ? String.valueOf(Holes.UNKNOWN) : text));
        }
        return texts.isEmpty() || texts.equals(Set.of(String.valueOf(Holes.UNKNOWN))) ? declared : Known.text(texts);
    }

    /** The methods that may answer: the one that the class has or inherits, and those that override it below. */
    private List<MethodId> answering(MethodInsnNode call, @Nullable Known receiver) {
        // What was constructed here is of no class below.
        var made = receiver != null && receiver.isFresh() && hierarchy.isA(receiver.type(), call.owner)
                ? receiver.type()
                : null;
        var owner = made == null ? call.owner : made;
        var answering = new ArrayList<MethodId>();
        hierarchy.upwards(owner).stream()
                .filter(type -> hasCode(type, call))
                .findFirst()
                .ifPresent(type -> answering.add(new MethodId(type, call.name, call.desc)));
        boolean isVirtual = call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKEINTERFACE;
        if (isVirtual && made == null) {
            hierarchy.downwards(owner).stream()
                    .filter(type -> !type.equals(owner) && hasCode(type, call))
                    .forEach(type -> answering.add(new MethodId(type, call.name, call.desc)));
        }
        return answering;
    }

    private boolean hasCode(String type, MethodInsnNode call) {
        var read = code.find(type);
        var method = read == null ? null : read.method(call.name, call.desc);
        return method != null && (method.access & Opcodes.ACC_ABSTRACT) == 0;
    }

    /** Null while it is being found out; nothing known if it can't be. */
    private @Nullable Known outcome(MethodId id, int depth) {
        var known = returned.get(id);
        var read = code.find(id.owner());
        if (known != null || read == null) {
            return known;
        }
        if (!underWay.add(id)) {
            cuts++;
            return null;
        }
        int before = cuts;
        try {
            var body = body(read, id);
            if (body == null || body.instructions.size() == 0) {
                return Known.NOTHING;
            }
            var outcome = flow(id.owner(), body, depth).returned();
            if (cuts == before) {
                returned.put(id, outcome);
            }
            return outcome;
        } catch (AnalyzerException | RuntimeException failure) {
            return Known.NOTHING;
        } finally {
            underWay.remove(id);
        }
    }

    private @Nullable MethodNode body(CodeClass type, MethodId id) {
        if (bodies.size() > 64) {
            bodies.clear();
        }
        return bodies.computeIfAbsent(type.name(), unknown -> {
                    var byId = new HashMap<String, MethodNode>();
                    type.methodsWithCode().forEach(method -> byId.put(method.name + method.desc, method));
                    return byId;
                })
                .get(id.name() + id.descriptor());
    }

    static boolean isReturn(AbstractInsnNode instruction) {
        return instruction instanceof InsnNode && instruction.getOpcode() == Opcodes.ARETURN;
    }
}
