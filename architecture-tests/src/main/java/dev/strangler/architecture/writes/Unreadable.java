package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Place;

/**
 * A place that may write what nobody can tell from the code.
 *
 * @param by what could not be read, for people
 * @param reason why, as the end of a sentence
 */
public record Unreadable(Place place, Channel channel, String by, String reason) {}
