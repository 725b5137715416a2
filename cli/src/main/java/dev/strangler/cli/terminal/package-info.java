/** What a person or a script sees: lines, tables, progress, exit codes. */
@NullMarked
package dev.strangler.cli.terminal;

import org.jspecify.annotations.NullMarked;
