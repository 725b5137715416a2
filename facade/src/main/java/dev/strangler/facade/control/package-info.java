/** The control API: what operators and the command line see and change. Bearer token only. */
@NullMarked
package dev.strangler.facade.control;

import org.jspecify.annotations.NullMarked;
