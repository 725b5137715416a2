/** How the shop says no: a fact, its kind and the way out, without knowing of HTTP. */
@NullMarked
package dev.strangler.monolith.refusals;

import org.jspecify.annotations.NullMarked;
