/** What the assets hear from other contexts, translated into their own words. */
@NullMarked
package dev.strangler.monolith.assets.intake;

import org.jspecify.annotations.NullMarked;
