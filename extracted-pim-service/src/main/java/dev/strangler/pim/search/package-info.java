/** How lists are searched: the same as in the monolith, whatever is listed. */
@NullMarked
package dev.strangler.pim.search;

import org.jspecify.annotations.NullMarked;
