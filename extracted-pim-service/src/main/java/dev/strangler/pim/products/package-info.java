/** The products as this service knows them: {@link Products} to read, {@link ProductCopies} for the intake to write. */
@NullMarked
package dev.strangler.pim.products;

import org.jspecify.annotations.NullMarked;
