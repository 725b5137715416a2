package dev.strangler.cli.up;

import dev.strangler.sandbox.LeftOvers;
import dev.strangler.sandbox.SandboxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Ends all parts in the reverse order of their dependence, in good order where they let it, and leaves no process. */
final class Ending {

    private final Topology topology;
    private final Path state;

    Ending(Topology topology, Path state) {
        this.topology = topology;
        this.state = state;
    }

    /**
     * Ends what runs and answers what it ended. Looks a second time, since a start that was under way may have launched
     * one more process meanwhile.
     *
     * @param said is told of each part before it is ended
     */
    List<String> endAll(Consumer<String> said) {
        var ended = new ArrayList<String>();
        var members = new ArrayList<>(topology.members());
        Collections.reverse(members);
        for (int look = 0; look < 2; look++) {
            for (var member : members) {
                if (member.part().isRunning()) {
                    var who = member.name() + " (process " + pid(member) + ")";
                    said.accept("ending " + who);
                    member.part().stop();
                    ended.add(who);
                }
            }
        }
        requireNobodyLeft();
        return ended;
    }

    private static String pid(Member member) {
        try {
            return Long.toString(member.part().pid());
        } catch (SandboxException goneMeanwhile) {
            return "gone";
        }
    }

    private void requireNobodyLeft() {
        var left = LeftOvers.in(state).running();
        if (!left.isEmpty()) {
            throw new IllegalStateException("Still running: " + left + ". End them by their process ids.");
        }
    }
}
