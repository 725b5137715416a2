/** The transactional outbox: events appended in the caller's transaction, relayed from the write-ahead log. */
@NullMarked
package dev.strangler.outbox;

import org.jspecify.annotations.NullMarked;
