package dev.strangler.cli.up;

import org.jspecify.annotations.Nullable;

/**
 * How a part is.
 *
 * @param state {@code ready}, {@code not ready} (it runs and does not answer), or {@code ended}
 * @param pid its process; absent while there is none
 * @param port where this machine reaches it; 0 if it does not
 * @param url the same as an address; empty if it does not
 */
public record PartState(String name, String state, @Nullable Long pid, int port, String url) {

    /** Of a part that has come to its end, or was never started. */
    public static final String ENDED = "ended";
}
