/** What was asked for, by whom, by which way, and what became of it: written before and after, never rewritten. */
@NullMarked
package dev.strangler.facade.audit;

import org.jspecify.annotations.NullMarked;
