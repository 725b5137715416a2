/** Handing a feature over and back under load, with parts killed on the way, and the judgement of what clients saw. */
@NullMarked
package dev.strangler.cli.rehearse;

import org.jspecify.annotations.NullMarked;
