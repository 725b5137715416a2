/** Product Information Management, extracted from the shop: serves the products from its own copy, which the log feeds. */
@NullMarked
package dev.strangler.pim;

import org.jspecify.annotations.NullMarked;
