/** The data plane: takes requests on the public port, picks a side, and passes bodies on without keeping them. */
@NullMarked
package dev.strangler.facade.proxy;

import org.jspecify.annotations.NullMarked;
