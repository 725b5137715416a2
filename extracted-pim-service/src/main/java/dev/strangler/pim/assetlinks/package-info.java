/** Which images a product may show: a read-only list of another context's assets, as far as products need to know them. */
@NullMarked
package dev.strangler.pim.assetlinks;

import org.jspecify.annotations.NullMarked;
