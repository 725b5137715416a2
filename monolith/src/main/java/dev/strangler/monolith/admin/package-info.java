/**
 * Hands out the admin panel: files that run in the browser and talk to the shop through its public HTTP API only, so that the panel works the
 * same whichever side owns what. Nothing here knows assets or products.
 */
@NullMarked
package dev.strangler.monolith.admin;

import org.jspecify.annotations.NullMarked;
