/** Every write that a code base can make, as facts: who, what, how, and how sure; and what could not be read. */
@NullMarked
package dev.strangler.architecture.writes;

import org.jspecify.annotations.NullMarked;
