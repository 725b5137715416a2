/** Digital Asset Management, extracted from the shop: serves the assets from its own copy, which the log feeds. */
@NullMarked
package dev.strangler.dam;

import org.jspecify.annotations.NullMarked;
