/**
 * Looks at pictures that strangers sent: first at their bones without decoding anything, then, within limits of time and
 * memory, at their pixels, to draw a thumbnail anew.
 */
@NullMarked
package dev.strangler.media.imaging;

import org.jspecify.annotations.NullMarked;
