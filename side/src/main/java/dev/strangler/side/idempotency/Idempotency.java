package dev.strangler.side.idempotency;

import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/** Lets a command take effect once, however often its request arrives. */
public interface Idempotency {

    /** Set to {@code true} on an answer that was given before and is given again. */
    String REPLAYED = "Idempotency-Replayed";

    /**
     * Which aggregates an answer wrote, as {@code Asset:<id>:<version>}. Work puts it on its answer; it is remembered with
     * the answer, so that a replay tells it as well.
     */
    String WRITTEN = "X-Strangler-Written";

    /**
     * Does the work in one transaction and answers what it answers.
     *
     * <p>If the command has a key, key and answer are stored in the same transaction as the effects of the work: after a
     * crash either both are there or neither. A second request with the key waits for the first for a bounded time, then
     * gets the stored answer with header {@link #REPLAYED}, without doing the work. What work refuses by throwing is rolled
     * back and not stored: the key is free again.
     *
     * <p>Whatever takes long (receiving, decoding) belongs before this call: a database connection is held during it.
     *
     * @param work does its writing through the current transaction; its body becomes JSON unless it is null or a byte array
     * <p>What is stored for a feature is stored while this side may write it, even if the work changed nothing. So whoever
     * moves the ownership finds every answer once the fence is closed, and can carry them over to the new owner.
     *
     * @throws dev.strangler.side.Fenced if this side may not write the feature of the command
     * @throws dev.strangler.side.refusals.Refusal UNPROCESSABLE if the key was used for another request; BUSY if the
     *     first request with the key is still at work after the bounded wait
     */
    ResponseEntity<byte[]> once(Command command, Supplier<ResponseEntity<?>> work);
}
