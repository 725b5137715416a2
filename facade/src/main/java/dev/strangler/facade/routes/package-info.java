/** The routes that this instance goes by, kept in step with the control database and with the other instances. */
@NullMarked
package dev.strangler.facade.routes;

import org.jspecify.annotations.NullMarked;
