/** The shop's products: what is sold, for how much, shown by which pictures. {@link Products} is the door. */
@NullMarked
package dev.strangler.monolith.products;

import org.jspecify.annotations.NullMarked;
