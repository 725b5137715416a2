/** What is known of the values on their way through a method: texts with holes, types, where they come from. */
@NullMarked
package dev.strangler.architecture.flow;

import org.jspecify.annotations.NullMarked;
