package dev.strangler.cli.workspace;

import java.net.URI;

/**
 * Where the parts listen, all on the loopback address.
 *
 * @param portOffset added to every port, so that two sandboxes can run on one machine
 */
public record Addresses(int portOffset) {

    /** The largest offset that keeps every port, the highest default being 19093, below 65536. */
    public static final int LARGEST_OFFSET = 46_000;

    /** @throws IllegalArgumentException if a port would fall outside of what TCP has */
    public Addresses {
        if (portOffset < 0 || portOffset > LARGEST_OFFSET) {
            throw new IllegalArgumentException("--port-offset is " + portOffset + "; it must lie between 0 and "
                    + LARGEST_OFFSET + ", so that every port stays below 65536. Choose another one.");
        }
    }

    /** What the public talks to. */
    public int facade() {
        return 8080 + portOffset;
    }

    /** Control API and console. */
    public int control() {
        return 8081 + portOffset;
    }

    /** What the public talks to at the second façade, while a rehearsal runs one. */
    public int secondFacade() {
        return 8082 + portOffset;
    }

    /** Control API of the second façade. */
    public int secondControl() {
        return 8083 + portOffset;
    }

    /** The shop before extraction. */
    public int monolith() {
        return 8090 + portOffset;
    }

    /** The extracted owner of assets. */
    public int dam() {
        return 8091 + portOffset;
    }

    /** The extracted owner of products. */
    public int pim() {
        return 8092 + portOffset;
    }

    /** The address of one of the ports. */
    public static URI http(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
