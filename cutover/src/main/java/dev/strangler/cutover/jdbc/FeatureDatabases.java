package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Side;
import javax.sql.DataSource;

/** The databases of the two sides of each feature, as their owners. */
@FunctionalInterface
public interface FeatureDatabases {

    /** That side's database. */
    DataSource of(Feature feature, Side side);
}
