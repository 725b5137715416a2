/** The published language of products: state and event types of topic {@code products.v1}. */
@NullMarked
package dev.strangler.contracts.products;

import org.jspecify.annotations.NullMarked;
