package dev.strangler.architecture.flow;

import org.jspecify.annotations.Nullable;

/**
 * One assignment to a field.
 *
 * @param receiver whose field it is; null for static ones
 */
public record FieldWrite(
        MethodId in,
        Place place,
        String owner,
        String field,
        @Nullable Known receiver,
        Known value) {}
