/** What a statement writes, read from its text; what can't be read is said. */
@NullMarked
package dev.strangler.architecture.sql;

import org.jspecify.annotations.NullMarked;
