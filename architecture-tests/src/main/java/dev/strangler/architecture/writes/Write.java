package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Verb;

/**
 * One write.
 *
 * @param place who writes
 * @param table what is written, lower case, with its schema unless that is {@code public}
 * @param by what makes it happen, for people: the method called, the text, the attribute
 * @param isCertain whether it is this table for sure, and not one of several or a change that may never be saved
 * @param isImplied whether it follows from another write and a mapping, each of which is a fact of its own
 */
public record Write(
        Place place, Verb verb, String table, Channel channel, String by, boolean isCertain, boolean isImplied) {}
