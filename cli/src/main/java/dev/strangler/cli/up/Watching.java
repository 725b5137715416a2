package dev.strangler.cli.up;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks after the running parts in the foreground: one that dies is told of, and the others go on. */
public final class Watching {

    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final Topology topology;
    private final Consumer<String> said;
    private final Set<String> gone = new HashSet<>();

    /** @param said is told of every part that dies, once */
    public Watching(Topology topology, Consumer<String> said) {
        this.topology = topology;
        this.said = said;
    }

    /** Returns when the last part is gone or the thread is interrupted. */
    public void untilNothingRuns() {
        while (look()) {
            try {
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whether anything still runs. */
    boolean look() {
        var members = topology.members();
        for (var member : members) {
            if (member.part().isRunning()) {
                gone.remove(member.name());
            } else if (gone.add(member.name())) {
                said.accept(member.name() + " has died; the others go on. Its log is "
                        + member.part().log() + ". To have it again, end everything and start it anew.");
            }
        }
        return gone.size() < members.size();
    }
}
