/** The questions that the sandbox asks a broker, answered by a Kafka client that is loaded apart. */
@NullMarked
package dev.strangler.sandbox.broker;

import org.jspecify.annotations.NullMarked;
