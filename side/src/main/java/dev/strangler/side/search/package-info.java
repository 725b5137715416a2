/** How lists are searched: the same on both sides, whatever is listed. */
@NullMarked
package dev.strangler.side.search;

import org.jspecify.annotations.NullMarked;
