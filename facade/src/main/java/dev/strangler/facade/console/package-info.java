/** The console: what the control API knows and does, for people. Decides nothing of its own but who may do what. */
@NullMarked
package dev.strangler.facade.console;

import org.jspecify.annotations.NullMarked;
