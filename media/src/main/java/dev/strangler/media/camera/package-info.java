/** Reads what cameras have written into pictures, for people to look at. */
@NullMarked
package dev.strangler.media.camera;

import org.jspecify.annotations.NullMarked;
