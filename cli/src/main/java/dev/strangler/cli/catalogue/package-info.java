/** Reads a Shopify product export and brings it into the shop through its public HTTP API. */
@NullMarked
package dev.strangler.cli.catalogue;

import org.jspecify.annotations.NullMarked;
