/** Projections built anew from the log when an operator of the side asks for it over HTTP. */
@NullMarked
package dev.strangler.side.rebuilds;

import org.jspecify.annotations.NullMarked;
