/** Where a running sandbox keeps its state, and which ports it uses. */
@NullMarked
package dev.strangler.cli.workspace;

import org.jspecify.annotations.NullMarked;
