/** What the kit costs and how fast it is, measured side by side. */
@NullMarked
package dev.strangler.benchmarks;

import org.jspecify.annotations.NullMarked;
