/** What the monolith hears of products while another side owns them, put into its own tables: its way back. */
@NullMarked
package dev.strangler.monolith.products.intake;

import org.jspecify.annotations.NullMarked;
