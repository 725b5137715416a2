/** Hands bytes out, to browsers so that they run none of them, and by digest to who copies them. */
@NullMarked
package dev.strangler.media.downloads;

import org.jspecify.annotations.NullMarked;
