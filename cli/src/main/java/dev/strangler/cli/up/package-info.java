/** Starts, watches and ends the whole: infrastructure, shop, services and façade. */
@NullMarked
package dev.strangler.cli.up;

import org.jspecify.annotations.NullMarked;
