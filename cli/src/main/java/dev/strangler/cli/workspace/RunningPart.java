package dev.strangler.cli.workspace;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One started part.
 *
 * @param url where a person or a client finds it
 * @param readiness answers 2xx when the part is ready; absent: the part is ready when its port accepts connections
 */
public record RunningPart(
        String name,
        ProcessIdentity process,
        int port,
        String url,
        @Nullable URI readiness) {}
