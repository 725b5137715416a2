/** Commands that take effect once, however often they are sent. */
@NullMarked
package dev.strangler.side.idempotency;

import org.jspecify.annotations.NullMarked;
