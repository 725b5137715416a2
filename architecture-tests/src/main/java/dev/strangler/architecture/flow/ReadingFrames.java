package dev.strangler.architecture.flow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Takes calls and assignments out of the frames of one method. */
final class ReadingFrames {

    private final World world;
    private final MethodId id;
    private final MethodNode method;
    private final Frame<Known>[] frames;
    private final List<Call> calls = new ArrayList<>();
    private final List<FieldWrite> fieldWrites = new ArrayList<>();
    private @Nullable Known returned;
    private int line;

    ReadingFrames(World world, String type, MethodNode method, Frame<Known>[] frames) {
        this.world = world;
        this.id = new MethodId(type, method.name, method.desc);
        this.method = method;
        this.frames = frames;
    }

    Flow read() {
        int at = 0;
        for (var instruction : method.instructions) {
            // Code that is never reached has no frame.
            @Nullable Frame<Known> frame = frames[at++];
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (frame != null && instruction instanceof MethodInsnNode call) {
                call(call, frame);
            } else if (frame != null && instruction instanceof InvokeDynamicInsnNode dynamic) {
                reference(dynamic, frame);
            } else if (frame != null && instruction instanceof FieldInsnNode field) {
                field(field, frame);
            } else if (frame != null && World.isReturn(instruction)) {
                returned(top(frame, 0));
            }
        }
        return new Flow(calls, fieldWrites, returned == null ? Known.NOTHING : returned);
    }

    private void returned(Known value) {
        var before = returned;
        returned = before == null || before.equals(value)
                ? value
                : new Known(
                        1,
                        value.type(),
                        false,
                        Known.NONE,
                        Known.union(before, value),
                        null,
                        null,
                        before.part() != null ? before.part() : value.part());
    }

    private void call(MethodInsnNode call, Frame<Known> frame) {
        int count = Type.getArgumentTypes(call.desc).length;
        var arguments = new ArrayList<Known>();
        for (int i = 0; i < count; i++) {
            arguments.add(top(frame, count - 1 - i));
        }
        var receiver = call.getOpcode() == Opcodes.INVOKESTATIC ? null : top(frame, count);
        calls.add(new Call(id, place(), call.owner, call.name, call.desc, receiver, arguments, false));
    }

    private void reference(InvokeDynamicInsnNode dynamic, Frame<Known> frame) {
        var handle = Following.referenced(dynamic);
        if (handle == null) {
            return;
        }
        var captured = Type.getArgumentTypes(dynamic.desc);
        var passed = Type.getArgumentTypes(((Type) dynamic.bsmArgs[2]).getDescriptor());
        boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
        var values = new ArrayList<Known>();
        for (int i = 0; i < captured.length; i++) {
            values.add(top(frame, captured.length - 1 - i));
        }
        for (var type : passed) {
            values.add(value(type));
        }
        boolean hasReceiver = !isStatic && handle.getTag() != Opcodes.H_NEWINVOKESPECIAL && !values.isEmpty();
        var receiver = hasReceiver ? values.get(0) : null;
        calls.add(new Call(
                id,
                place(),
                owner(handle, captured, receiver),
                handle.getName(),
                handle.getDesc(),
                receiver,
                hasReceiver ? values.subList(1, values.size()) : values,
                true));
    }

    /** Compilers name the type that declares the method; the captured receiver says of which repository it is. */
    private static String owner(Handle handle, Type[] captured, @Nullable Known receiver) {
        if (captured.length > 0 && receiver != null && captured[0].getSort() == Type.OBJECT) {
            return captured[0].getInternalName();
        }
        return receiver != null && receiver.type() != null ? receiver.type() : handle.getOwner();
    }

    private Known value(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY
                ? world.ofType(type.getInternalName())
                : type.getSize() == 2 ? Known.WIDE : Known.NOTHING;
    }

    private void field(FieldInsnNode field, Frame<Known> frame) {
        if (field.getOpcode() == Opcodes.PUTFIELD) {
            fieldWrites.add(new FieldWrite(id, place(), field.owner, field.name, top(frame, 1), top(frame, 0)));
        } else if (field.getOpcode() == Opcodes.PUTSTATIC) {
            fieldWrites.add(new FieldWrite(id, place(), field.owner, field.name, null, top(frame, 0)));
        }
    }

    private Place place() {
        return Place.inMethod(id.owner(), id.name(), line);
    }

    private static Known top(Frame<Known> frame, int depth) {
        return frame.getStack(frame.getStackSize() - 1 - depth);
    }
}
