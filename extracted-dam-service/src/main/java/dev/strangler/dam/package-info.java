/** Digital Asset Management, extracted from the shop: the assets in a database and a blob store of their own. */
@NullMarked
package dev.strangler.dam;

import org.jspecify.annotations.NullMarked;
