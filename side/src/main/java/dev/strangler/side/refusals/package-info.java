/** How a side says no: a fact, its kind and the way out, without knowing of HTTP. */
@NullMarked
package dev.strangler.side.refusals;

import org.jspecify.annotations.NullMarked;
