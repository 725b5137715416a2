/** Commands that take effect once, however often they are sent. */
@NullMarked
package dev.strangler.monolith.idempotency;

import org.jspecify.annotations.NullMarked;
