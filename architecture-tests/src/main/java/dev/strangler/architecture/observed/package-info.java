/** What was really written while an application ran, by the write-ahead log, and who wrote it. */
@NullMarked
package dev.strangler.architecture.observed;

import org.jspecify.annotations.NullMarked;
