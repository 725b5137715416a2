package dev.strangler.outbox.relay;

/** Is told when a connector's condition changes or a restart is tried. */
@FunctionalInterface
public interface RelayListener {

    /** @param before the state at the previous look; STARTING at the first */
    void changed(RelayState before, RelayState now);
}
