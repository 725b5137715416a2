/**
 * Feature "assets": the pictures of the shop, from upload to purge. {@link dev.strangler.monolith.assets.Assets} is the
 * door for other features; everything else here is this feature's own business.
 */
@NullMarked
package dev.strangler.monolith.assets;

import org.jspecify.annotations.NullMarked;
