/**
 * What an uploaded picture must be and where its bytes lie: one truth for everyone who takes pictures in. {@link Media} is
 * what an application imports.
 */
@NullMarked
package dev.strangler.media;

import org.jspecify.annotations.NullMarked;
