/** Real PostgreSQL, Kafka and Kafka Connect with Debezium as child processes, for tests and for trying out. */
@NullMarked
package dev.strangler.sandbox;

import org.jspecify.annotations.NullMarked;
