/** The process in front of both worlds that picks a side per request. */
@NullMarked
package dev.strangler.facade;

import org.jspecify.annotations.NullMarked;
