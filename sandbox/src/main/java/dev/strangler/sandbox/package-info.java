/**
 * Real PostgreSQL, Kafka and Connect as child processes on this machine, for tests and for a newcomer's first hour.
 * Each part can be killed and started again on its data.
 */
@NullMarked
package dev.strangler.sandbox;

import org.jspecify.annotations.NullMarked;
