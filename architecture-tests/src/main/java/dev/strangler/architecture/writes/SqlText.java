package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Place;

/**
 * A text of SQL that could be read as a whole, whether it writes or not.
 *
 * @param text as it stands there; with {@link dev.strangler.architecture.sql.Holes} where values are known at run time only
 * @param isScript whether it is a file of statements
 */
public record SqlText(Place place, String text, boolean isScript) {}
