/**
 * Moving the ownership of a feature: the steps, what they need of everybody, and the journal by which anybody can take over. No I/O
 * of its own: whoever takes part is an interface.
 */
@NullMarked
package dev.strangler.cutover.workflow;

import org.jspecify.annotations.NullMarked;
