/** Digital Asset Management, extracted from the shop. */
@NullMarked
package dev.strangler.dam;

import org.jspecify.annotations.NullMarked;
