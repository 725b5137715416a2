package dev.strangler.architecture.flow;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Which instructions of a method can follow which. */
final class Ways {

    private final InsnList code;
    private final List<TryCatchBlockNode> handlers;

    Ways(MethodNode method) {
        this.code = method.instructions;
        this.handlers = method.tryCatchBlocks;
    }

    /** Where the way can lead after this instruction without coming to one of the ends. */
    BitSet after(int from, BitSet ends) {
        var reached = new BitSet(code.size());
        var waiting = new ArrayDeque<Integer>();
        waiting.add(from);
        while (!waiting.isEmpty()) {
            int at = waiting.remove();
            next(at).stream().filter(next -> !reached.get(next)).forEach(next -> {
                reached.set(next);
                if (!ends.get(next)) {
                    waiting.add(next);
                }
            });
        }
        return reached;
    }

    private BitSet next(int at) {
        var next = new BitSet();
        var instruction = code.get(at);
        if (instruction instanceof JumpInsnNode jump) {
            next.set(code.indexOf(jump.label));
        } else if (instruction instanceof TableSwitchInsnNode table) {
            targets(next, table.labels, table.dflt);
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            targets(next, lookup.labels, lookup.dflt);
        }
        if (goesOn(instruction) && at + 1 < code.size()) {
            next.set(at + 1);
        }
        for (var handler : handlers) {
            if (code.indexOf(handler.start) <= at && at < code.indexOf(handler.end)) {
                next.set(code.indexOf(handler.handler));
            }
        }
        return next;
    }

    private void targets(BitSet next, List<LabelNode> labels, LabelNode otherwise) {
        labels.forEach(label -> next.set(code.indexOf(label)));
        next.set(code.indexOf(otherwise));
    }

    private static boolean goesOn(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return !(opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN
                || opcode == Opcodes.ATHROW
                || opcode == Opcodes.GOTO
                || opcode == Opcodes.TABLESWITCH
                || opcode == Opcodes.LOOKUPSWITCH);
    }
}
