/** The collections of this module, kept in PostgreSQL. */
@NullMarked
package dev.strangler.cutover.jdbc;

import org.jspecify.annotations.NullMarked;
