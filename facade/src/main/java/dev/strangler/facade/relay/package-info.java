/** Sets up the relay, keeps it going, and says how it fares. */
@NullMarked
package dev.strangler.facade.relay;

import org.jspecify.annotations.NullMarked;
