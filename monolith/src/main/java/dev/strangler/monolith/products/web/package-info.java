/** The products over HTTP. */
@NullMarked
package dev.strangler.monolith.products.web;

import org.jspecify.annotations.NullMarked;
