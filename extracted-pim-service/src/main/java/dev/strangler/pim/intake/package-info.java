/** What this service hears from other contexts, translated into its own words: the anti-corruption layer. */
@NullMarked
package dev.strangler.pim.intake;

import org.jspecify.annotations.NullMarked;
