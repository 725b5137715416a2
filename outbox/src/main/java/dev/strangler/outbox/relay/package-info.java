/** The message relay: the connector that carries the outbox to Kafka, its set-up, its watch and its checks. */
@NullMarked
package dev.strangler.outbox.relay;

import org.jspecify.annotations.NullMarked;
