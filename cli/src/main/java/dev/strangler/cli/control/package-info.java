/** The client of the façade's control API. */
@NullMarked
package dev.strangler.cli.control;

import org.jspecify.annotations.NullMarked;
