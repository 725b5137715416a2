/**
 * What clients did and saw while ownership moved, and the judgement whether that can be true of a single writer that never lost a write.
 * Pure: whoever drives the load records, whoever reads the log adds it.
 */
@NullMarked
package dev.strangler.cutover.history;

import org.jspecify.annotations.NullMarked;
