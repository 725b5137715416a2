/** Reads that are also sent to the service, whose answers are compared with the monolith's and thrown away. */
@NullMarked
package dev.strangler.facade.shadow;

import org.jspecify.annotations.NullMarked;
