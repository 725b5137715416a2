/** How lists are searched: the same as in the monolith, whatever is listed. */
@NullMarked
package dev.strangler.dam.search;

import org.jspecify.annotations.NullMarked;
