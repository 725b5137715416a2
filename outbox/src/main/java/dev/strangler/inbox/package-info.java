/**
 * Consuming events so that their effects happen once: the position in the log, the version of every aggregate and the
 * effects themselves are committed together, in the consumer's own database.
 */
@NullMarked
package dev.strangler.inbox;

import org.jspecify.annotations.NullMarked;
