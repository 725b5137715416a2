package dev.strangler.cutover;

import java.net.URI;

/**
 * A process that answers requests for features, with the database that it owns.
 *
 * @param name {@code monolith}, or the service's name in the feature map; appears in {@code X-Served-By}
 * @param url its base URL, without a path
 * @param database its own database
 */
public record Deployable(String name, URI url, OwnedDatabase database) {}
