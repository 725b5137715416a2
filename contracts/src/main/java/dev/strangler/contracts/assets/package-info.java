/** The published language of assets: state and event types of topic {@code assets.v1}. */
@NullMarked
package dev.strangler.contracts.assets;

import org.jspecify.annotations.NullMarked;
