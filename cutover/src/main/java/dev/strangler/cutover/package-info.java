/** What a feature is, how it is routed and who owns it. */
@NullMarked
package dev.strangler.cutover;

import org.jspecify.annotations.NullMarked;
