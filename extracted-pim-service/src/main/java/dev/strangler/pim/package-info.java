/** Product Information Management, extracted from the shop. */
@NullMarked
package dev.strangler.pim;

import org.jspecify.annotations.NullMarked;
