package dev.strangler.sandbox;

/**
 * The loopback ports of one sandbox.
 *
 * @param postgres        PostgreSQL
 * @param kafka           the broker's listener for clients
 * @param kafkaController the broker's listener for itself
 * @param kafkaGuarded    the broker's listener for clients that say who they are; unused unless the sandbox is guarded
 * @param connect         Connect's REST interface
 */
public record Ports(int postgres, int kafka, int kafkaController, int kafkaGuarded, int connect) {

    /** The usual ports, shifted by {@code n}. */
    public static Ports offset(int n) {
        return new Ports(15432 + n, 19092 + n, 19093 + n, 19094 + n, 18083 + n);
    }

    /** Ports that nobody listens on, reserved against other sandboxes of this user until this JVM ends. */
    public static Ports free() {
        return new Ports(
                ReservedPorts.next(),
                ReservedPorts.next(),
                ReservedPorts.next(),
                ReservedPorts.next(),
                ReservedPorts.next());
    }
}
