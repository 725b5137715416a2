package dev.strangler.cutover;

import java.time.Instant;

/**
 * One line of a route's journal.
 *
 * @param number grows with every line, over all features
 * @param feature whose route
 * @param who the operator, as given
 * @param when the control database's clock
 * @param why the reason, as given; may be empty
 * @param before the route until then
 * @param after the route from then on
 */
public record RouteChange(
        long number, FeatureName feature, String who, Instant when, String why, Route before, Route after) {}
