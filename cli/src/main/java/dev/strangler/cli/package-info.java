/** The command line: starts the sandbox and talks to the control API. */
@NullMarked
package dev.strangler.cli;

import org.jspecify.annotations.NullMarked;
