package dev.strangler.sandbox;

import java.net.URI;

/** A distributed Connect worker with the Debezium plugin for PostgreSQL; needs the broker. */
public interface ConnectWorker extends Part {

    /** The root of the REST interface. */
    URI uri();
}
