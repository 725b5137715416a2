package dev.strangler.outbox.relay;

/**
 * How far a connector has read.
 *
 * @param lsn position in the write-ahead log
 */
public record RelayOffset(Lsn lsn) {}
