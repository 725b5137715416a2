package dev.strangler.cli.workspace;

/**
 * What is remembered from one start to the next.
 *
 * @param portOffset see {@link Addresses}
 */
public record Settings(int portOffset) {}
