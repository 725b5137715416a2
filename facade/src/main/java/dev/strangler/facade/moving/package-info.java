/** Hands the writes of features over: wires the workflow to the sides, leads operations, and takes over those that nobody leads. */
@NullMarked
package dev.strangler.facade.moving;

import org.jspecify.annotations.NullMarked;
