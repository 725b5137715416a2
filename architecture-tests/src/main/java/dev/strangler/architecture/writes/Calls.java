package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.FieldWrite;
import dev.strangler.architecture.flow.MethodId;
import dev.strangler.architecture.flow.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The calls of a code base that may matter, and who calls whom. */
final class Calls {

    private static final int CLASSES_AT_ONCE = 200;

    private final CodeBase code;
    private final Hierarchy hierarchy;
    private final List<Call> all = new ArrayList<>();
    private final List<FieldWrite> fieldWrites = new ArrayList<>();
    private final Map<String, List<Call>> byTarget = new HashMap<>();
    private final Map<MethodId, String> troubles = new HashMap<>();
    private final Map<MethodId, List<Call>> callers = new HashMap<>();
    private final Sinks sinks;
    private final HandedStatements handed;

    /** @param world makes a new one, since each thread follows values in a world of its own */
    Calls(CodeBase code, Hierarchy hierarchy, Supplier<World> world, Sinks sinks, HandedStatements handed) {
        this.code = code;
        this.hierarchy = hierarchy;
        this.sinks = sinks;
        this.handed = handed;
        blocks(List.copyOf(code.classes())).parallelStream()
                .map(block -> new Block(block, world.get()))
                .toList()
                .forEach(this::keep);
    }

    /** Of a size that does not depend on the machine: what a world remembers must not either, or two runs could differ. */
    private static List<List<CodeClass>> blocks(List<CodeClass> classes) {
        return IntStream.iterate(0, begin -> begin < classes.size(), begin -> begin + CLASSES_AT_ONCE)
                .mapToObj(begin -> classes.subList(begin, Math.min(begin + CLASSES_AT_ONCE, classes.size())))
                .toList();
    }

    private void keep(Block block) {
        block.calls.forEach(this::keep);
        fieldWrites.addAll(block.fieldWrites);
        troubles.putAll(block.troubles);
    }

    private boolean matters(Call call) {
        return sinks.isSink(call)
                || FindingPublications.publishes(call)
                || code.find(call.owner()) != null
                || FindingObjects.Repositories.isRoot(call.owner())
                || call.receiver() != null && call.receiver().part() != null
                || FindingMutations.changesArgument(call)
                || handed.mayTake(call);
    }

    private void keep(Call call) {
        all.add(call);
        if (code.find(call.owner()) != null) {
            byTarget.computeIfAbsent(call.name() + call.descriptor(), unknown -> new ArrayList<>())
                    .add(call);
        }
    }

    List<Call> all() {
        return all;
    }

    List<FieldWrite> fieldWrites() {
        return fieldWrites;
    }

    /** Methods whose bytecode could not be followed, with the reason. */
    Map<MethodId, String> troubles() {
        return troubles;
    }

    /** The calls that may end in this method: by its own class, by one below it, or by a type above one of these. */
    List<Call> callersOf(MethodId method) {
        return callers.computeIfAbsent(
                method,
                unknown -> byTarget.getOrDefault(method.name() + method.descriptor(), List.of()).stream()
                        .filter(call -> mayReach(call.owner(), method.owner()))
                        .filter(call -> !call.in().equals(method))
                        .toList());
    }

    private boolean mayReach(String called, String declaring) {
        return hierarchy.isA(called, declaring)
                || hierarchy.downwards(declaring).stream().anyMatch(below -> hierarchy.isA(below, called));
    }

    /** What matters of some classes. */
    private final class Block {

        private final List<Call> calls = new ArrayList<>();
        private final List<FieldWrite> fieldWrites = new ArrayList<>();
        private final Map<MethodId, String> troubles = new HashMap<>();

        Block(List<CodeClass> classes, World world) {
            for (var type : classes) {
                for (var flow : world.flows(type, troubles::put)) {
                    flow.calls().stream().filter(Calls.this::matters).forEach(calls::add);
                    flow.fieldWrites().stream()
                            .filter(write -> write.receiver() != null)
                            .forEach(fieldWrites::add);
                }
            }
        }
    }
}
