/** A code base as its class files and resources tell it: read once, without loading any of its classes. */
@NullMarked
package dev.strangler.architecture.code;

import org.jspecify.annotations.NullMarked;
