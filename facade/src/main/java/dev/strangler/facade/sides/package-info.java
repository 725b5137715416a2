/** What an operator wants to know of the sides, read from their databases and from Kafka; any of them may be away. */
@NullMarked
package dev.strangler.facade.sides;

import org.jspecify.annotations.NullMarked;
