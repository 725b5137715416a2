/** The shop before extraction. */
@NullMarked
package dev.strangler.monolith;

import org.jspecify.annotations.NullMarked;
