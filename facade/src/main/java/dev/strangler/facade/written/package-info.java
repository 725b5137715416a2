/** What clients have written and the other sides have perhaps not applied yet: a client sees its own writes whoever answers. */
@NullMarked
package dev.strangler.facade.written;

import org.jspecify.annotations.NullMarked;
