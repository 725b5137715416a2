/** The same system in containers, as {@code docker-compose.yml} describes it: found, watched and ended through the engine's own commands. */
@NullMarked
package dev.strangler.cli.compose;

import org.jspecify.annotations.NullMarked;
