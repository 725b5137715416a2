package dev.strangler.architecture.flow;

import dev.strangler.architecture.sql.Holes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Follows values from instruction to instruction. One for each run over one method. */
class Following extends Interpreter<Known> {

    private static final Set<String> BUILDERS = Set.of("java/lang/StringBuilder", "java/lang/StringBuffer");

    /** Of jOOQ: a table or a name made of a text is as known as the text. */
    private static final Set<String> NAMED = Set.of("table", "name");

    /** What changes through these changes the collection itself. */
    private static final Set<String> SEEN_THROUGH = Set.of(
            "iterator", "listIterator", "keySet", "values", "entrySet", "subList", "headSet", "tailSet", "reversed");

    private final World world;
    private final int depth;
    private final Pieces pieces;

    Following(World world, int depth, Pieces pieces) {
        super(Opcodes.ASM9);
        this.world = world;
        this.depth = depth;
        this.pieces = pieces;
    }

    @Override
    public @Nullable Known newValue(@Nullable Type type) {
        if (type == null) {
            return Known.NOTHING;
        }
        return switch (type.getSort()) {
            case Type.VOID -> null;
            case Type.LONG, Type.DOUBLE -> Known.WIDE;
            case Type.OBJECT, Type.ARRAY -> world.ofType(type.getInternalName());
            default -> Known.NOTHING;
        };
    }

    @Override
    public Known newOperation(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> Known.WIDE;
            case Opcodes.LDC -> constant(((LdcInsnNode) instruction).cst);
            case Opcodes.GETSTATIC -> read((FieldInsnNode) instruction);
            case Opcodes.NEW -> {
                var type = ((TypeInsnNode) instruction).desc;
                var typed = world.ofType(type);
                yield typed.texts().isEmpty() ? Known.fresh(type, BUILDERS.contains(type) ? instruction : null) : typed;
            }
            default -> Known.NOTHING;
        };
    }

    private static Known constant(Object constant) {
        if (constant instanceof String text) {
            return Known.text(text);
        }
        if (constant instanceof Type type && type.getSort() == Type.OBJECT) {
            return Known.constant(type.getInternalName());
        }
        return constant instanceof Long || constant instanceof Double ? Known.WIDE : Known.NOTHING;
    }

    private Known read(FieldInsnNode field) {
        var type = Type.getType(field.desc);
        if (type.getSort() != Type.OBJECT && type.getSort() != Type.ARRAY) {
            return type.getSize() == 2 ? Known.WIDE : Known.NOTHING;
        }
        var texts = field.desc.equals("Ljava/lang/String;")
                ? world.textsOf(field.owner, field.name, depth)
                : Set.<String>of();
        return texts.isEmpty() ? world.ofType(type.getInternalName()) : Known.text(texts);
    }

    @Override
    public Known copyOperation(AbstractInsnNode instruction, Known value) {
        return value;
    }

    @Override
    public @Nullable Known unaryOperation(AbstractInsnNode instruction, Known value) {
        return switch (instruction.getOpcode()) {
            case Opcodes.CHECKCAST -> cast(value, ((TypeInsnNode) instruction).desc);
            case Opcodes.GETFIELD -> {
                var field = (FieldInsnNode) instruction;
                var read = read(field);
                yield world.isStoredCollection(field.owner, field.name, field.desc) && !value.isFresh()
                        ? read.partOf(field.owner + "." + field.name)
                        : read;
            }
            case Opcodes.I2L,
                    Opcodes.I2D,
                    Opcodes.L2D,
                    Opcodes.F2L,
                    Opcodes.F2D,
                    Opcodes.D2L,
                    Opcodes.LNEG,
                    Opcodes.DNEG -> Known.WIDE;
            case Opcodes.ANEWARRAY ->
                Known.ofType("["
                        + Type.getObjectType(((TypeInsnNode) instruction).desc).getDescriptor());
            default -> Known.NOTHING;
        };
    }

    private Known cast(Known value, String type) {
        var typed = world.ofType(type);
        if (!typed.texts().isEmpty()) {
            return typed;
        }
        return value.type() == null || !world.hierarchy().isA(value.type(), type) ? value.as(type) : value;
    }

    @Override
    public @Nullable Known binaryOperation(AbstractInsnNode instruction, Known one, Known other) {
        return switch (instruction.getOpcode()) {
            case Opcodes.LALOAD,
                    Opcodes.DALOAD,
                    Opcodes.LADD,
                    Opcodes.DADD,
                    Opcodes.LSUB,
                    Opcodes.DSUB,
                    Opcodes.LMUL,
                    Opcodes.DMUL,
                    Opcodes.LDIV,
                    Opcodes.DDIV,
                    Opcodes.LREM,
                    Opcodes.DREM,
                    Opcodes.LSHL,
                    Opcodes.LSHR,
                    Opcodes.LUSHR,
                    Opcodes.LAND,
                    Opcodes.LOR,
                    Opcodes.LXOR -> Known.WIDE;
            case Opcodes.AALOAD -> {
                var array = one.type();
                yield array != null && array.startsWith("[L")
                        ? Known.ofType(array.substring(2, array.length() - 1))
                        : Known.NOTHING;
            }
            default -> Known.NOTHING;
        };
    }

    @Override
    public Known ternaryOperation(AbstractInsnNode instruction, Known one, Known two, Known three) {
        return Known.NOTHING;
    }

    @Override
    public @Nullable Known naryOperation(AbstractInsnNode instruction, List<? extends Known> values) {
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            return dynamic(dynamic, values);
        }
        if (instruction instanceof MethodInsnNode call) {
            return called(call, values);
        }
        return Known.NOTHING;
    }

    private @Nullable Known dynamic(InvokeDynamicInsnNode call, List<? extends Known> values) {
        values.forEach(value -> escape(call, value));
        if (call.bsm.getName().equals("makeConcatWithConstants")) {
            return Known.text(recipe(call, values));
        }
        return newValue(Type.getReturnType(call.desc));
    }

    private static Set<String> recipe(InvokeDynamicInsnNode call, List<? extends Known> values) {
        var types = Type.getArgumentTypes(call.desc);
        Set<String> texts = Set.of("");
        int value = 0;
        int constant = 1;
        var literal = new StringBuilder();
        for (char c : ((String) call.bsmArgs[0]).toCharArray()) {
            if (c == '\u0001') {
                texts = Known.joined(
                        Known.joined(texts, Set.of(literal.toString())), piece(types[value], values.get(value)));
                literal.setLength(0);
                value++;
            } else if (c == '\u0002') {
                literal.append(call.bsmArgs[constant++]);
            } else {
                literal.append(c);
            }
        }
        return Known.joined(texts, Set.of(literal.toString()));
    }

    /** A number can be no name, so it is no hole that matters. */
    private static Set<String> piece(Type type, Known value) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY
                ? value.possibleTexts()
                : Set.of(String.valueOf(Holes.VALUE));
    }

    private @Nullable Known called(MethodInsnNode call, List<? extends Known> values) {
        boolean hasReceiver = call.getOpcode() != Opcodes.INVOKESTATIC;
        var receiver = hasReceiver ? values.get(0) : null;
        var arguments = values.subList(hasReceiver ? 1 : 0, values.size());
        arguments.forEach(argument -> escape(call, argument));
        if (receiver != null && receiver.builder() != null) {
            return built(call, receiver, receiver.builder(), arguments);
        }
        var text = Texts.of(call, receiver, List.copyOf(arguments));
        if (text != null) {
            return text;
        }
        if (call.owner.equals("java/util/Objects") && call.name.startsWith("requireNonNull") && !arguments.isEmpty()) {
            return arguments.get(0);
        }
        if (call.owner.equals("org/jooq/impl/DSL") && NAMED.contains(call.name) && arguments.size() == 1) {
            return arguments.get(0).as(Type.getReturnType(call.desc).getInternalName());
        }
        if (call.desc.endsWith(")Ljava/lang/Object;") && !arguments.isEmpty()) {
            // What a generic method gives back is known by the class that it is asked for, or by the object that it is
            // given.
            var first = arguments.get(0);
            if (first.constant() != null) {
                return Known.ofType(first.constant());
            }
            if (call.name.equals("merge") && first.type() != null) {
                return Known.ofType(first.type());
            }
        }
        var returned = newValue(Type.getReturnType(call.desc));
        if (returned != null
                && receiver != null
                && receiver.part() != null
                && call.owner.startsWith("java/util/")
                && SEEN_THROUGH.contains(call.name)) {
            return returned.partOf(receiver.part());
        }
        return returned == null || returned.type() == null
                ? returned
                : world.returnedBy(call, receiver, returned, depth);
    }

    private @Nullable Known built(
            MethodInsnNode call, Known receiver, AbstractInsnNode builder, List<? extends Known> arguments) {
        var types = Type.getArgumentTypes(call.desc);
        switch (call.name) {
            case "append", "<init>" -> {
                if (types.length == 1 && !(call.name.equals("<init>") && types[0].getSort() == Type.INT)) {
                    pieces.put(builder, call, piece(types[0], arguments.get(0)));
                } else if (types.length > 1) {
                    pieces.put(builder, call, Set.of(String.valueOf(Holes.UNKNOWN)));
                }
                return call.name.equals("<init>") ? null : receiver;
            }
            case "toString" -> {
                return Known.text(pieces.texts(builder, call));
            }
            case "setLength" -> {
                if (call.getPrevious().getOpcode() == Opcodes.ICONST_0) {
                    pieces.empty(builder, call);
                }
                return null;
            }
            case "insert", "replace", "reverse", "delete" -> {
                pieces.put(builder, call, Set.of(String.valueOf(Holes.TOO_MANY)));
                return receiver;
            }
            default -> {
                // Asking for its length or cutting its end (a last comma, as a rule) names no other table.
                return newValue(Type.getReturnType(call.desc));
            }
        }
    }

    /** A builder that is handed on may come back with anything in it. */
    private void escape(AbstractInsnNode call, Known value) {
        var builder = value.builder();
        if (builder != null) {
            pieces.put(builder, call, Set.of(String.valueOf(Holes.UNKNOWN)));
        }
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, Known value, Known expected) {
        // what is returned is read from the frames
    }

    @Override
    public Known merge(Known one, Known other) {
        if (one.equals(other)) {
            return one;
        }
        if (one.size() != other.size()) {
            return Known.NOTHING;
        }
        return new Known(
                one.size(),
                mergedType(one, other),
                one.isFresh() && other.isFresh(),
                one.parameter() == other.parameter() ? one.parameter() : Known.NONE,
                Known.union(one, other),
                one.builder() == other.builder() ? one.builder() : null,
                one.constant() != null && one.constant().equals(other.constant()) ? one.constant() : null,
                one.part() != null ? one.part() : other.part());
    }

    private @Nullable String mergedType(Known one, Known other) {
        if (one.type() == null || other.type() == null) {
            // Null, as a rule: the other says the type.
            return one.type() == null ? other.type() : one.type();
        }
        return one.type().equals(other.type()) ? one.type() : world.hierarchy().common(one.type(), other.type());
    }

    /** The method that a reference stands for, null if the instruction makes none. */
    static @Nullable Handle referenced(InvokeDynamicInsnNode call) {
        return call.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                        && call.bsmArgs[1] instanceof Handle handle
                ? handle
                : null;
    }
}
