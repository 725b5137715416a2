package dev.strangler.architecture.flow;

/**
 * One method.
 *
 * @param owner its class by internal name
 * @param descriptor as in a class file
 */
public record MethodId(String owner, String name, String descriptor) {}
